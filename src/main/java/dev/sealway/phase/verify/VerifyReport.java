package dev.sealway.phase.verify;

import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.plan.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What verify found, per table and column. */
public record VerifyReport(List<Table> tables) {

    public VerifyReport {
        tables = List.copyOf(tables);
    }

    /** @param columns in the order of the plan */
    public record Table(TableName name, List<Column> columns) {

        /** The same report about fewer columns. */
        public Table only(List<RegisteredColumn> kept) {
            Set<String> names = kept.stream().map(c -> c.plaintext().name()).collect(Collectors.toSet());
            return new Table(
                    name, columns.stream().filter(c -> names.contains(c.name())).toList());
        }
    }

    /**
     * @param name the plaintext column
     * @param proven rows that decrypt to their plaintext and have its token
     * @param onlyEncrypted rows that decrypt and have no plaintext any more, which is in order after the cut over
     * @param nulls rows without a value
     * @param dirty rows not encrypted yet: they are looked at again before the drop; in place there is no drop, and they
     *     fail the column
     * @param outside rows in clear that the plan's {@code where} leaves out, of a table in place
     * @param mismatched rows that are wrong
     * @param examples the first wrong rows, in words that name keys and never values
     * @param evidence the total of the evidence, in hex; empty if the plan has no key bundle to make it with
     */
    public record Column(
            String name,
            long proven,
            long onlyEncrypted,
            long nulls,
            long dirty,
            long outside,
            long mismatched,
            List<String> examples,
            boolean passed,
            Optional<String> evidence) {}

    public boolean passed() {
        return tables.stream().flatMap(t -> t.columns().stream()).allMatch(Column::passed);
    }
}
