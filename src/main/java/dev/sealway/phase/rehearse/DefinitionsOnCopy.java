package dev.sealway.phase.rehearse;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.Catalog;
import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.inventory.SavedDefinition;
import dev.sealway.catalog.inventory.SavedDefinitions;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.Transaction;
import dev.sealway.redefine.Redirection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes on the copy again what the drop would save, and holds the columns' attributes against what they were. */
final class DefinitionsOnCopy {

    private static final Sql OID = Sql.of("SELECT ?::pg_catalog.regclass::pg_catalog.oid::pg_catalog.int8");

    /** They came with the columns. */
    private static final Set<String> IN_THE_COLUMN = Set.of("type", "collation");

    private static final Set<String> ATTRIBUTES = Set.of(
            "type",
            "collation",
            "default",
            "storage",
            "compression",
            "statistics target",
            "comment",
            "grant",
            "not null");

    private final Transaction tx;
    private final WalkedTable table;
    private final WalkedTable copy;
    private final Redirection redirection;

    DefinitionsOnCopy(Transaction tx, WalkedTable table, SampleCopy copy) {
        this.tx = tx;
        this.table = table;
        this.copy = copy.table();
        this.redirection = Redirection.of(tx, table.name(), copy.table().name());
    }

    /**
     * What became of the definitions.
     *
     * @param made how many stand on the copy as they stood on the table
     */
    record Replay(long made, List<String> untried, List<String> problems) {}

    Replay replay(List<SavedDefinition> saved) {
        List<SavedDefinition> made = new ArrayList<>();
        List<String> untried = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (SavedDefinition definition : saved) {
            if (definition.kind().equals(SavedDefinition.TABLE)) {
                continue;
            }
            Optional<String> onCopy = redirection.of(definition);
            if (onCopy.isEmpty()) {
                untried.add("%s %s".formatted(definition.kind(), definition.name()));
                continue;
            }
            SavedDefinition moved = new SavedDefinition(definition.kind(), definition.name(), onCopy.get());
            Optional<SqlFailure> failure = IN_THE_COLUMN.contains(moved.kind()) ? Optional.empty() : run(moved);
            failure.ifPresentOrElse(
                    f -> (isOfValues(f) ? problems : untried).add(words(moved, f)), () -> made.add(moved));
        }
        problems.addAll(lost(made));
        return new Replay(made.size(), untried, problems);
    }

    private Optional<SqlFailure> run(SavedDefinition definition) {
        return tx.tentatively(() -> tx.executeDefinition(Sql.trusted(definition.definition())));
    }

    /** Anything else is a matter of the copy: a column that it has not, a right to somebody else's function. */
    private static boolean isOfValues(SqlFailure failure) {
        return failure.isOfValue() || failure.isUniqueViolation();
    }

    private static String words(SavedDefinition definition, SqlFailure failure) {
        return "%s %s: could not be made again on the copy (SQLSTATE %s)"
                .formatted(definition.kind(), definition.name(), failure.sqlState());
    }

    private List<String> lost(List<SavedDefinition> made) {
        LiveTable live = Catalog.in(tx)
                .table(tx.number(OID, copy.name().sql()))
                .orElseThrow(() -> new IllegalStateException("the copy is gone"));
        List<Identifier> columns = Stream.concat(
                        table.columns().stream().map(WalkedColumn::plaintext),
                        made.stream().filter(SavedDefinition::isGenerated).map(d -> Identifier.of(d.name())))
                .toList();
        Set<SavedDefinition> there = new HashSet<>(SavedDefinitions.of(tx, live, columns, List.of()));
        return made.stream()
                .filter(d -> ATTRIBUTES.contains(d.kind()) && !there.contains(d))
                .map(d -> "%s %s: came back otherwise than it was".formatted(d.kind(), d.name()))
                .toList();
    }
}
