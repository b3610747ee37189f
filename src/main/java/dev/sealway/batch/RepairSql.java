package dev.sealway.batch;

import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import java.util.ArrayList;
import java.util.List;

/** The statements of a repair. Immutable. */
final class RepairSql {

    /** A temporary table is the session's own. */
    private static final QualifiedName STAGING = QualifiedName.of("pg_temp", "sealway_restore");

    private static final Identifier T = Identifier.of("t");

    private static final Sql CREATE = Sql.of("CREATE TEMPORARY TABLE {name} ({columns})");
    private static final Sql INSERT = Sql.of("INSERT INTO {staging} ({names}) {rows}");

    /** Per column whether it is null, and the ciphertext where there is one. */
    private static final Sql LOOK = Sql.of("""
            SELECT t.xmin::pg_catalog.text, {key_text}, {states} FROM {table} t
             WHERE ({key}) IN (SELECT {wanted} FROM unnest({arrays}) AS v({names}))""");

    private static final Sql STATE = Sql.of("t.{column} IS NULL, CASE WHEN {encrypted} THEN {ciphertext} END");

    private final BatchSql sql;
    private final WalkedTable table;

    RepairSql(TableTask task) {
        this.sql = new BatchSql(task);
        this.table = task.table();
    }

    Sql createStaging() {
        List<Sql> columns = new ArrayList<>();
        List<Identifier> names = sql.arrayNames();
        int texts = table.rowKey().columns().size() + 1;
        for (int i = 0; i < names.size(); i++) {
            columns.add(Sql.of(i < texts ? "{name} pg_catalog.text" : "{name} pg_catalog.bytea")
                    .with("name", names.get(i)));
        }
        return CREATE.with("name", STAGING.name()).with("columns", Sql.join(", ", columns));
    }

    static Sql dropStaging() {
        return Sql.of("DROP TABLE IF EXISTS {staging}").with("staging", STAGING);
    }

    /** Parameters: those of {@link BatchSql#write}. */
    Sql stage() {
        return INSERT.with("staging", STAGING)
                .with("names", Identifier.list(sql.arrayNames()))
                .with("rows", sql.unnested());
    }

    Sql writeStaged(String lock) {
        return sql.writeStaged(lock, STAGING);
    }

    /** Parameters: each row key column's texts as an array. Gives version, key texts, and two fields per column. */
    Sql look() {
        List<Sql> wanted = new ArrayList<>();
        List<Identifier> names = new ArrayList<>();
        List<Sql> arrays = new ArrayList<>();
        table.rowKey().columns().forEach(k -> {
            Identifier name = Identifier.of("k" + names.size());
            names.add(name);
            arrays.add(Sql.of("?::pg_catalog.text[]"));
            wanted.add(Sql.of("v.{k}::{type}").with("k", name).with("type", k.type()));
        });
        return LOOK.with("key_text", table.keyTextIn(T))
                .with("states", states())
                .with("table", table.name())
                .with("key", Sql.each("t.{name}", table.rowKey().names()))
                .with("wanted", Sql.join(", ", wanted))
                .with("arrays", Sql.join(", ", arrays))
                .with("names", Identifier.list(names));
    }

    private Sql states() {
        return Sql.join(
                ", ",
                table.columns().stream()
                        .map(c -> STATE.with("column", c.encrypted())
                                .with("encrypted", c.isEncryptedIn(T))
                                .with("ciphertext", c.ciphertextIn(T)))
                        .toList());
    }
}
