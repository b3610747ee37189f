package dev.sealway.plan;

import dev.sealway.error.SealwayException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one reviewed statement of what is sensitive.
 *
 * @param name names the plan in the ledger and in the confirmation phrase
 * @param keys where the key bundle lives; empty if nothing that the plan asks for needs one
 * @param ciphers that tables choose by name, besides the key bundle's own
 * @param batchSize rows per batch, unless a run says otherwise
 * @param keyset the data keyset of columns that name none
 * @param tables in the order of the plan
 */
public record Plan(
        String name,
        Optional<KeySource> keys,
        List<CipherSource> ciphers,
        int batchSize,
        String keyset,
        List<TablePlan> tables) {

    /** The largest batch that a plan or a run can ask for, in rows. */
    public static final int MAX_BATCH_SIZE = 100_000;

    public Plan {
        if (batchSize < 1 || batchSize > MAX_BATCH_SIZE) {
            throw new IllegalArgumentException("a batch has 1 to %d rows".formatted(MAX_BATCH_SIZE));
        }
        ciphers = List.copyOf(ciphers);
        tables = List.copyOf(tables);
    }

    public Optional<TablePlan> table(TableName table) {
        return tables.stream().filter(t -> t.name().equals(table)).findFirst();
    }

    /**
     * The same plan with only what {@code selection} chooses; tables without a chosen column are left out.
     *
     * @throws SealwayException if the selection names something that the plan does not have, or chooses nothing
     */
    public Plan select(Selection selection) {
        selection.refuseUnknown(this);
        List<TablePlan> kept = tables.stream()
                .map(t -> t.withColumns(t.columns().stream()
                        .filter(c -> selection.includes(t.name(), c))
                        .toList()))
                .filter(t -> !t.columns().isEmpty())
                .toList();
        if (kept.isEmpty()) {
            throw SealwayException.wrongUsage(
                    "the chosen tables, columns and change have no column of the plan %s in common; leave one of them out"
                            .formatted(name));
        }
        return new Plan(name, keys, ciphers, batchSize, keyset, kept);
    }

    /** The same plan, with what it leaves to the environment; a checksum is made of the plan as it was read. */
    public Plan completed(Map<String, String> environment) {
        List<CipherSource> completed =
                ciphers.stream().map(c -> c.completed(environment)).toList();
        return new Plan(name, keys, completed, batchSize, keyset, tables);
    }

    /** The cipher of a table; empty if it is the key bundle's own. */
    public Optional<CipherSource> cipherOf(TablePlan table) {
        return ciphers.stream()
                .filter(c -> table.cipher().filter(c.name()::equals).isPresent())
                .findFirst();
    }

    /** Every {@code schema.table.column}, sorted. */
    public List<String> columnNames() {
        return tables.stream()
                .flatMap(t -> t.columns().stream().map(c -> t.name() + "." + c.name()))
                .sorted(Comparator.naturalOrder())
                .toList();
    }
}
