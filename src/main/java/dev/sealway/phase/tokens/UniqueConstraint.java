package dev.sealway.phase.tokens;

import dev.sealway.catalog.inventory.CarriedUnique;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;

/** A UNIQUE constraint over an index that is there. */
final class UniqueConstraint {

    private static final Sql IS_THERE =
            Sql.of("SELECT true FROM pg_catalog.pg_constraint WHERE conrelid = ?::pg_catalog.regclass AND conname = ?");
    private static final Sql USING_INDEX =
            Sql.of("ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE USING INDEX {name} {deferrable}");
    private static final Sql RENAME_CONSTRAINT = Sql.of("ALTER TABLE {table} RENAME CONSTRAINT {name} TO {other}");
    private static final Sql RENAME_INDEX = Sql.of("ALTER INDEX {name} RENAME TO {other}");

    private UniqueConstraint() {}

    /** Does nothing where it is one already. */
    static void make(Transaction tx, QualifiedName table, Identifier index, CarriedUnique unique) {
        if (!isThere(tx, table, index)) {
            tx.executeDefinition(USING_INDEX
                    .with("table", table)
                    .with("name", index)
                    .with("deferrable", Sql.of(deferrable(unique.rules()))));
        }
    }

    /** Of an index that may be a constraint's. */
    static void rename(Transaction tx, QualifiedName table, Identifier index, Identifier other) {
        Sql rename = isThere(tx, table, index)
                ? RENAME_CONSTRAINT.with("table", table).with("name", index)
                : RENAME_INDEX.with("name", new QualifiedName(table.schema(), index));
        tx.executeDefinition(rename.with("other", other));
    }

    private static boolean isThere(Transaction tx, QualifiedName table, Identifier name) {
        return tx.isTrue(IS_THERE, table.sql(), name.name());
    }

    private static String deferrable(CarriedUnique.Rules rules) {
        if (rules.initiallyDeferred()) {
            return "DEFERRABLE INITIALLY DEFERRED";
        }
        return rules.deferrable() ? "DEFERRABLE" : "";
    }
}
