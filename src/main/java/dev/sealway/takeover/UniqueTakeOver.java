package dev.sealway.takeover;

import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.inventory.CarriedUnique;
import dev.sealway.index.TokenIndexes;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;

/**
 * Makes the full indexes over search tokens what the plaintext's were: the partial ones go, and what was a constraint is
 * one again. What was taken over before stays. Bound to one transaction; not thread-safe.
 */
public final class UniqueTakeOver {

    private static final Sql DROP_INDEX = Sql.of("DROP INDEX IF EXISTS {index} RESTRICT");
    private static final Sql USING_INDEX =
            Sql.of("ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE USING INDEX {name} {deferrable}");
    private static final Sql IS_CONSTRAINT = Sql.of(
            "SELECT true FROM pg_catalog.pg_constraint WHERE conrelid = ?::pg_catalog.regclass AND conname = ? AND contype = 'u'");

    private final Transaction tx;
    private final WalkedTable table;
    private final TokenIndexes indexes;

    /** @param tx holds a lock on the table that keeps everybody out */
    public UniqueTakeOver(Transaction tx, WalkedTable table, TokenIndexes indexes) {
        this.tx = tx;
        this.table = table;
        this.indexes = indexes;
    }

    public void run() {
        for (CarriedUnique unique : indexes.carried()) {
            tx.executeDefinition(DROP_INDEX.with(
                    "index", new QualifiedName(table.name().schema(), TokenIndexes.partialName(unique))));
            if (unique.rules().nullsNotDistinct() && !indexes.full(unique).isBuilt(tx)) {
                indexes.full(unique).buildIn(tx);
            }
            if (becomesConstraint(table, unique) && !isConstraint(unique)) {
                tx.executeDefinition(USING_INDEX
                        .with("table", table.name())
                        .with("name", TokenIndexes.carriedName(unique))
                        .with("deferrable", Sql.of(deferrable(unique))));
            }
        }
    }

    /** A partitioned table's indexes cannot be taken for a constraint. */
    public static boolean becomesConstraint(WalkedTable table, CarriedUnique unique) {
        return unique.constraint() && table.live().kind() != 'p';
    }

    private boolean isConstraint(CarriedUnique unique) {
        return tx.isTrue(
                IS_CONSTRAINT,
                table.name().sql(),
                TokenIndexes.carriedName(unique).name());
    }

    private static String deferrable(CarriedUnique unique) {
        if (unique.rules().initiallyDeferred()) {
            return "DEFERRABLE INITIALLY DEFERRED";
        }
        return unique.rules().deferrable() ? "DEFERRABLE" : "";
    }
}
