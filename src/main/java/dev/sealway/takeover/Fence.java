package dev.sealway.takeover;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;

/**
 * The constraint that keeps a value from being there without its ciphertext.
 *
 * <p>From the moment it is put up, a write that the guard makes dirty fails: whoever writes plaintext alone has to stop before.
 * Where the plaintext is NOT NULL it asks for a ciphertext always, and lets NOT NULL of the encrypted column pass without a
 * scan.
 *
 * @param notNull whether the plaintext column is, or was, NOT NULL
 */
public record Fence(WalkedTable table, WalkedColumn column, boolean notNull) {

    private static final Sql ALWAYS = Sql.of("({encrypted} IS NOT NULL)");
    private static final Sql WITH_A_VALUE = Sql.of("({plain} IS NOT DISTINCT FROM NULL OR {encrypted} IS NOT NULL)");
    private static final Sql ADD = Sql.of("ALTER TABLE {table} ADD CONSTRAINT {fence} CHECK {condition} NOT VALID");
    private static final Sql VALIDATE = Sql.of("ALTER TABLE {table} VALIDATE CONSTRAINT {fence}");
    private static final Sql SET_NOT_NULL = Sql.of("ALTER TABLE {table} ALTER COLUMN {encrypted} SET NOT NULL");
    private static final Sql DROP = Sql.of("ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {fence} RESTRICT");
    private static final Sql STATE = Sql.of(
            "SELECT convalidated FROM pg_catalog.pg_constraint WHERE conrelid = ?::pg_catalog.regclass AND conname = ?");

    /** As the plaintext column is now. */
    public static Fence of(WalkedTable table, WalkedColumn column) {
        return new Fence(
                table,
                column,
                WalkedTable.liveColumn(table.live(), column.plaintext()).notNull());
    }

    public Identifier name() {
        return Identifier.of("sealway_fence_" + column.registered().id());
    }

    public boolean stands(Transaction tx) {
        return tx.first(STATE, row -> row.getBoolean(1), table.name().sql(), name().name())
                .isPresent();
    }

    /** Whether it stands and every row fulfils it. */
    public boolean isValid(Transaction tx) {
        return tx.isTrue(STATE, table.name().sql(), name().name());
    }

    /** Takes ACCESS EXCLUSIVE for a moment: no row is looked at. Nothing happens if it stands. */
    public void putUp(Transaction tx) {
        if (!stands(tx)) {
            tx.executeDefinition(filled(ADD).with("condition", filled(notNull ? ALWAYS : WITH_A_VALUE)));
        }
    }

    /** Looks at every row, and keeps no writer waiting. */
    public void validate(Transaction tx) {
        tx.executeDefinition(filled(VALIDATE));
    }

    /** The encrypted column becomes NOT NULL in the place of a fence that says the same; another one stays. */
    public void handOver(Transaction tx) {
        if (notNull) {
            tx.executeDefinition(filled(SET_NOT_NULL));
            takeDown(tx);
        }
    }

    /** Nothing happens if it is not there. */
    public void takeDown(Transaction tx) {
        tx.executeDefinition(filled(DROP));
    }

    private Sql filled(Sql sql) {
        return sql.with("table", table.name())
                .with("fence", name())
                .with("plain", column.plaintext())
                .with("encrypted", column.encrypted());
    }
}
