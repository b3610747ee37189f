package dev.sealway.redefine;

import dev.sealway.catalog.CatalogPath;
import dev.sealway.catalog.inventory.SavedDefinition;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.ConcurrentIndex;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Literal;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The statements that make again what went away with plaintext columns, on the table they were saved from or on another one
 * of its shape.
 *
 * <p>First {@link #column} adds each column as it was, nullable and without a default. Once it is filled, {@link #indexes}
 * can be built beside the writers, and {@link Replay} runs the rest behind a lock. Immutable.
 */
public final class Redefinition {

    private static final Sql ADD = Sql.of("ALTER TABLE {table} ADD COLUMN {column} {type} {collation}");
    private static final Sql PRINTED = Sql.of("""
            SELECT pg_catalog.pg_get_indexdef(i.indexrelid) FROM pg_catalog.pg_index i
             WHERE i.indexrelid = pg_catalog.to_regclass(?)""");
    private static final Sql USING_INDEX =
            Sql.of("ALTER TABLE {table} ADD CONSTRAINT {name} {kind} USING INDEX {name}{deferrable}");

    private final QualifiedName table;
    private final boolean partitioned;
    private final List<SavedDefinition> saved;

    private Redefinition(QualifiedName table, boolean partitioned, List<SavedDefinition> saved) {
        this.table = table;
        this.partitioned = partitioned;
        this.saved = saved;
    }

    /**
     * @param table the table as it is called now
     * @param partitioned whether it has partitions, on which no constraint takes an index over
     * @param saved in the order in which it was saved, perhaps by several runs; what is there twice counts once
     */
    public static Redefinition of(QualifiedName table, boolean partitioned, List<SavedDefinition> saved) {
        List<SavedDefinition> inOrder = asCalledNow(table, saved).stream()
                .distinct()
                .sorted(Comparator.comparing(Stage::of))
                .toList();
        return new Redefinition(table, partitioned, inOrder);
    }

    /** What a run saved begins with the name that the table had then. */
    private static List<SavedDefinition> asCalledNow(QualifiedName table, List<SavedDefinition> saved) {
        List<SavedDefinition> definitions = new ArrayList<>();
        String called = table.sql();
        for (SavedDefinition definition : saved) {
            if (definition.kind().equals(SavedDefinition.TABLE)) {
                called = definition.definition();
            } else {
                definitions.add(
                        isCode(definition)
                                ? definition
                                : new SavedDefinition(
                                        definition.kind(),
                                        definition.name(),
                                        PrintedSql.renamed(definition.definition(), called, table.sql())));
            }
        }
        return definitions;
    }

    private static boolean isCode(SavedDefinition definition) {
        return definition.kind().equals("function") || definition.kind().equals("procedure");
    }

    QualifiedName table() {
        return table;
    }

    /**
     * What adds a column, with everything that its stored values depend on.
     *
     * @throws SealwayException if nobody wrote down what it was
     */
    public List<Sql> column(Identifier column) {
        return Stream.concat(
                        Stream.of(bareColumn(column)),
                        Stream.of("storage", "compression").flatMap(kind -> first(kind, column).stream()))
                .toList();
    }

    /** As {@link #column}, as far as its values depend on it: without how they are stored. */
    public Sql bareColumn(Identifier column) {
        Sql type = first("type", column)
                .orElseThrow(() -> SealwayException.refused(
                        "how column %s.%s was defined is not in the ledger (sealway.saved_definition), so it cannot be made again"
                                .formatted(table, column)));
        Sql collation = first("collation", column)
                .map(c -> Sql.of("COLLATE {name}").with("name", c))
                .orElse(Sql.of(""));
        return ADD.with("table", table)
                .with("column", column)
                .with("type", type)
                .with("collation", collation);
    }

    private Optional<Sql> first(String kind, Identifier column) {
        return saved.stream()
                .filter(d -> d.kind().equals(kind) && d.name().equals(column.name()))
                .findFirst()
                .map(Redefinition::statement);
    }

    /** What can be built before the lock. Indexes that hold uniqueness among nulls would refuse rows that wait to be filled. */
    public List<ConcurrentIndex> indexes() {
        return saved.stream().flatMap(d -> index(d).stream()).toList();
    }

    /**
     * Looks for indexes of other people's making that have a name of these by now: one of them would be taken for what was
     * there before.
     *
     * @throws SealwayException naming them
     */
    public void requireOwnNames(Transaction tx) {
        List<String> taken = CatalogPath.only(tx, () -> indexes().stream()
                .filter(i -> isAnother(tx, i))
                .map(i -> i.name().toString())
                .toList());
        if (!taken.isEmpty()) {
            throw SealwayException.refused(
                    ("other indexes of %s have the names of those that come back by now, so nothing is built: %s; rename them"
                                    + " (ALTER INDEX … RENAME TO), then run it again")
                            .formatted(table, String.join(", ", taken)));
        }
    }

    private boolean isAnother(Transaction tx, ConcurrentIndex wanted) {
        return tx.first(PRINTED, row -> row.getString(1), new QualifiedName(table.schema(), wanted.name()).sql())
                .filter(found -> PrintedSql.index(found)
                        .filter(i -> i.table().equals(table) && i.unique() == wanted.unique() && isOf(i, wanted))
                        .isEmpty())
                .isPresent();
    }

    /** A constraint says nothing of the method, which is that of all that are UNIQUE. */
    private static boolean isOf(PrintedSql.Index found, ConcurrentIndex wanted) {
        String rest = found.rest().sql();
        String definition = wanted.definition().sql();
        return rest.equals(definition) || rest.equals("USING btree " + definition);
    }

    private Optional<ConcurrentIndex> index(SavedDefinition definition) {
        return switch (definition.kind()) {
            case "index" ->
                PrintedSql.index(statement(definition).sql())
                        .filter(i -> i.table().equals(table))
                        .filter(i -> !(i.unique() && i.rest().sql().contains("NULLS NOT DISTINCT")))
                        .map(i -> new ConcurrentIndex(table, i.name(), i.unique(), i.rest()));
            case "constraint" ->
                partitioned
                        ? Optional.empty()
                        : PrintedSql.key(statement(definition).sql())
                                .filter(k -> k.table().equals(table))
                                .map(k -> new ConcurrentIndex(table, k.name(), true, k.columns()));
            default -> Optional.empty();
        };
    }

    /** Everything behind the lock, in an order that mostly works: what needs another of them is tried again. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (SavedDefinition definition : saved) {
            Stage stage = Stage.of(definition);
            if (stage != Stage.WORDS && (stage != Stage.COLUMN || isOfGenerated(definition))) {
                steps.add(new Step(definition, unlessThere(definition), whole(definition), takeOver(definition)));
            }
        }
        return steps;
    }

    /** Such a column is added behind the lock, and what it is like comes after that. */
    private boolean isOfGenerated(SavedDefinition definition) {
        return saved.stream().anyMatch(d -> d.isGenerated() && d.name().equals(definition.name()));
    }

    /** For a preview. */
    public List<Sql> statements() {
        return steps().stream()
                .map(s -> s.takeOver().map(TakeOver::statement).orElse(s.statement()))
                .toList();
    }

    /** As PostgreSQL prints it, an index of a partitioned table is of that table ONLY: valid for none of its partitions. */
    private Sql whole(SavedDefinition definition) {
        Sql printed = statement(definition);
        return definition.kind().equals("index") && partitioned
                ? PrintedSql.index(printed.sql())
                        .filter(i -> i.table().equals(table))
                        .map(i -> new ConcurrentIndex(table, i.name(), i.unique(), i.rest()).atOnce())
                        .orElse(printed)
                : printed;
    }

    private static Sql statement(SavedDefinition definition) {
        return Sql.trusted(definition.definition());
    }

    /** What would be replaced in silence, or is there since before the lock, is looked for first. */
    private Optional<Sql> unlessThere(SavedDefinition definition) {
        Literal name = new Literal(definition.name());
        return switch (definition.kind()) {
            case "function", "procedure" ->
                Optional.of(Sql.of("SELECT pg_catalog.to_regprocedure({name}) IS NOT NULL")
                        .with("name", name));
            case "index" ->
                PrintedSql.index(statement(definition).sql()).map(i -> Sql.of(
                                "SELECT pg_catalog.to_regclass({name}) IS NOT NULL")
                        .with("name", new Literal(new QualifiedName(i.table().schema(), i.name()).sql())));
            default -> Optional.empty();
        };
    }

    /** @param index that has to stand for it */
    record TakeOver(ConcurrentIndex index, Sql statement) {}

    private Optional<TakeOver> takeOver(SavedDefinition definition) {
        return definition.kind().equals("constraint")
                ? index(definition).flatMap(index -> PrintedSql.key(definition.definition())
                        .map(k -> new TakeOver(
                                index,
                                USING_INDEX
                                        .with("table", table)
                                        .with("name", k.name())
                                        .with("kind", Sql.of(k.kind()))
                                        .with("deferrable", k.deferrable()))))
                : Optional.empty();
    }

    /**
     * One definition on its way.
     *
     * @param unlessThere says true when the object is there
     * @param takeOver the shorter way, if an index was built for it
     */
    record Step(SavedDefinition definition, Optional<Sql> unlessThere, Sql statement, Optional<TakeOver> takeOver) {}
}
