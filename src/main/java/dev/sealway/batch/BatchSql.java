package dev.sealway.batch;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFragment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The statements of a walk over one table. Immutable. */
class BatchSql {

    private static final Identifier T = Identifier.of("t");
    private static final Identifier W = Identifier.of("w");
    private static final Identifier V = Identifier.of("v");

    /** Every row passes, so that the work of one read is bounded however few of them are dirty. */
    private static final Sql READ = Sql.of("""
            SELECT w.row_version, {key_text}, {values}
              FROM (SELECT {columns}, t.xmin::pg_catalog.text AS row_version FROM {table} t
                     WHERE {conditions} ORDER BY {order} LIMIT ?) w
             ORDER BY {outer_order}""");

    /** Several arrays in one unnest is syntax rather than a function: it always means that of pg_catalog. */
    private static final Sql UNNESTED = Sql.of("SELECT * FROM unnest({arrays}) AS v({names})");

    private static final Sql STAGED = Sql.of("SELECT {names} FROM {staging}");

    private static final Sql WRITE = Sql.of("""
            WITH v AS ({source}),
            l AS MATERIALIZED (
              SELECT {locked} FROM {table} t JOIN v ON {key_matches}
               WHERE {same_version} AND {range} ORDER BY {order} FOR {lock} OF t SKIP LOCKED)
            UPDATE {table} t SET {assignments} FROM l WHERE {locked_matches}
            RETURNING ({still_pending}), ({altered}), {key_text}""");

    private static final Sql ALTERED = Sql.of("({written} IS NOT NULL AND {stored} IS DISTINCT FROM {written})");

    private final TableTask task;
    private final WalkedTable table;

    BatchSql(TableTask task) {
        this.task = task;
        this.table = task.table();
    }

    /**
     * The next rows of a range, in key order. Parameters: the key to start after (if {@code after}), the last key (if
     * {@code upTo}), the number of rows. Gives the row's version, the key's texts, and per column the bytes to
     * work on where there is something to do.
     *
     * @param onlyPending passes pending rows alone: for a table that has an index on them
     */
    Sql read(boolean after, boolean upTo, boolean onlyPending) {
        List<SqlFragment> conditions = new ArrayList<>();
        if (after) {
            conditions.add(rangeEnd(">"));
        }
        if (upTo) {
            conditions.add(rangeEnd("<="));
        }
        if (onlyPending) {
            conditions.add(Sql.of("({pending})").with("pending", task.isPendingIn(T)));
        }
        table.where().ifPresent(w -> conditions.add(Sql.of("({where})").with("where", Sql.trusted(w))));
        if (conditions.isEmpty()) {
            conditions.add(Sql.of("true"));
        }
        return READ.with("key_text", table.keyTextIn(W))
                .with("values", values())
                .with("columns", columnsRead())
                .with("table", table.name())
                .with("conditions", Sql.join(" AND ", conditions))
                .with("order", table.keyFields("{row}.{key}", T))
                .with("outer_order", table.keyFields("{row}.{key}", W));
    }

    private Sql rangeEnd(String comparison) {
        return Sql.of("({key}) {comparison} ({parameters})")
                .with("comparison", Sql.of(comparison))
                .with("key", table.keyFields("{row}.{key}", T))
                .with("parameters", table.keyParameters());
    }

    private Sql columnsRead() {
        Set<Identifier> read = new LinkedHashSet<>(table.rowKey().names());
        task.columns().forEach(c -> read.addAll(c.reads()));
        return Sql.each("t.{name}", read);
    }

    private Sql values() {
        return Sql.join(
                ", ",
                task.columns().stream()
                        .map(c -> Sql.of("CASE WHEN {pending} THEN {value} END")
                                .with("pending", c.isPendingIn(W))
                                .with("value", c.valueIn(W)))
                        .toList());
    }

    /**
     * Writes a batch set-wise, only where the row is still the one that was read, and passes locked rows by. Parameters,
     * as arrays: each row key column's text, the versions, and per column what goes into each column that it writes; where the
     * first of these is null, all stay as they are. Gives per written row whether it is pending again (a trigger changed
     * its plaintext in this very statement), whether a column whose outcome is proven holds something else than what was
     * written, and the key's texts.
     *
     * @param lock {@code NO KEY UPDATE}, or {@code UPDATE} once a full UNIQUE index covers a column that is written
     * @param stretch whether two parameters more for each row key column give the first and the last key of a stretch that has
     *     all rows, and is read at once instead of row by row
     */
    Sql write(String lock, boolean stretch) {
        Sql range = stretch ? Sql.join(" AND ", List.of(rangeEnd(">="), rangeEnd("<="))) : Sql.of("true");
        return write(lock, unnested(), range);
    }

    /** As {@link #write(String, boolean)}, with every row of a table that has the columns of {@link #arrayNames}. */
    Sql writeStaged(String lock, QualifiedName staging) {
        Sql source = STAGED.with("names", Identifier.list(arrayNames())).with("staging", staging);
        return write(lock, source, Sql.of("true"));
    }

    /** The arrays of {@link #write(String, boolean)} as rows. */
    Sql unnested() {
        return UNNESTED.with("arrays", arrays()).with("names", Identifier.list(arrayNames()));
    }

    private Sql write(String lock, Sql source, Sql range) {
        return WRITE.with("source", source)
                .with("locked", Sql.of("{keys}, v.*").with("keys", lockedKeys()))
                .with("table", table.name())
                .with("key_matches", keyMatches())
                .with("same_version", sameVersion())
                .with("range", range)
                .with("order", table.keyFields("{row}.{key}", T))
                .with("lock", Sql.of(lock))
                .with("assignments", assignments())
                .with("locked_matches", lockedMatches())
                .with("still_pending", task.isPendingIn(T))
                .with("altered", altered())
                .with("key_text", table.keyTextIn(T));
    }

    /** The compare of compare-and-set: a committed row version has one xmin, and locking does not change it. */
    Sql sameVersion() {
        return Sql.of("t.xmin = v.row_version::pg_catalog.xid");
    }

    private Sql arrays() {
        List<Sql> arrays = new ArrayList<>();
        table.rowKey().columns().forEach(k -> arrays.add(Sql.of("?::pg_catalog.text[]")));
        arrays.add(Sql.of("?::pg_catalog.text[]"));
        task.columns().forEach(c -> c.writes().forEach(w -> arrays.add(Sql.of("?::pg_catalog.bytea[]"))));
        return Sql.join(", ", arrays);
    }

    /** Row key, version, then what goes into each column that is written. */
    List<Identifier> arrayNames() {
        List<Identifier> names = new ArrayList<>();
        for (int k = 0; k < table.rowKey().columns().size(); k++) {
            names.add(numbered("k", k));
        }
        names.add(Identifier.of("row_version"));
        for (int c = 0; c < task.columns().size(); c++) {
            for (int w = 0; w < task.columns().get(c).writes().size(); w++) {
                names.add(outcome(c, w));
            }
        }
        return names;
    }

    /** Rows of a partitioned table have no place of their own, so they are found again by key. */
    private boolean isPartitioned() {
        return table.live().kind() == 'p';
    }

    private Sql lockedKeys() {
        if (!isPartitioned()) {
            return Sql.of("t.ctid AS row_place");
        }
        List<Sql> keys = new ArrayList<>();
        List<LiveColumn> columns = table.rowKey().columns();
        for (int k = 0; k < columns.size(); k++) {
            keys.add(Sql.of("t.{column} AS {alias}")
                    .with("column", columns.get(k).name())
                    .with("alias", numbered("key", k)));
        }
        return Sql.join(", ", keys);
    }

    private Sql keyMatches() {
        List<Sql> matches = new ArrayList<>();
        List<LiveColumn> columns = table.rowKey().columns();
        for (int k = 0; k < columns.size(); k++) {
            matches.add(Sql.of("t.{column} = {v}.{k}::{type}")
                    .with("column", columns.get(k).name())
                    .with("v", V)
                    .with("k", numbered("k", k))
                    .with("type", columns.get(k).type()));
        }
        return Sql.join(" AND ", matches);
    }

    /** A locked row stays where it is. */
    private Sql lockedMatches() {
        if (!isPartitioned()) {
            return Sql.of("t.ctid = l.row_place");
        }
        List<Sql> matches = new ArrayList<>();
        List<LiveColumn> columns = table.rowKey().columns();
        for (int k = 0; k < columns.size(); k++) {
            matches.add(Sql.of("t.{column} = l.{key}")
                    .with("column", columns.get(k).name())
                    .with("key", numbered("key", k)));
        }
        return Sql.join(" AND ", matches);
    }

    private Sql assignments() {
        Sql kept = Sql.of("{column} = CASE WHEN {first} IS NULL THEN t.{column} ELSE {new} END");
        List<Sql> assignments = new ArrayList<>();
        for (int c = 0; c < task.columns().size(); c++) {
            List<WrittenColumn> writes = task.columns().get(c).writes();
            for (int w = 0; w < writes.size(); w++) {
                assignments.add(kept.with("column", writes.get(w).name())
                        .with("first", locked(outcome(c, 0)))
                        .with("new", writes.get(w).from(locked(outcome(c, w)))));
            }
        }
        return Sql.join(", ", assignments);
    }

    /** Compared as bytes: some collations take different texts for equal. */
    private Sql altered() {
        List<Sql> altered = new ArrayList<>();
        for (int c = 0; c < task.columns().size(); c++) {
            Sql written = locked(outcome(c, 0));
            task.columns()
                    .get(c)
                    .provenIn(T)
                    .ifPresent(stored ->
                            altered.add(ALTERED.with("written", written).with("stored", stored)));
        }
        return altered.isEmpty() ? Sql.of("false") : Sql.join(" OR ", altered);
    }

    private static Sql locked(Identifier name) {
        return Sql.of("l.{name}").with("name", name);
    }

    private static Identifier outcome(int column, int write) {
        return Identifier.of("c%s_%s".formatted(column, write));
    }

    private static Identifier numbered(String letter, int number) {
        return Identifier.of(letter + number);
    }

    TableTask task() {
        return task;
    }
}
