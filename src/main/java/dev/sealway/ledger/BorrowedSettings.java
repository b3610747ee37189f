package dev.sealway.ledger;

import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.Optional;

/**
 * Server settings that a run changed for its time; one that was killed is put right by the next. Bound to one transaction;
 * not thread-safe.
 */
public final class BorrowedSettings {

    private final Transaction tx;

    private BorrowedSettings(Transaction tx) {
        this.tx = tx;
    }

    public static BorrowedSettings in(Transaction tx) {
        return new BorrowedSettings(tx);
    }

    /**
     * Commit this before the setting is changed. A setting that is lent already stays as it was noted first.
     *
     * @param value what {@code ALTER SYSTEM} had said; empty if nothing
     */
    public void borrow(String name, Optional<String> value, long runId) {
        tx.execute(Sql.of("""
                        INSERT INTO sealway.borrowed_setting (name, value, run_id) VALUES (?, nullif(?, ''), ?)
                            ON CONFLICT (name) DO NOTHING"""), name, value.orElse(""), runId);
    }

    public boolean isLent(String name) {
        return tx.isTrue(Sql.of("SELECT EXISTS (SELECT FROM sealway.borrowed_setting WHERE name = ?)"), name);
    }

    /** What {@code ALTER SYSTEM} had said before; empty if nothing. */
    public Optional<String> before(String name) {
        return tx.first(
                        Sql.of("SELECT value FROM sealway.borrowed_setting WHERE name = ?"),
                        row -> Optional.ofNullable(row.getString(1)),
                        name)
                .flatMap(value -> value);
    }

    public void returned(String name) {
        tx.execute(Sql.of("DELETE FROM sealway.borrowed_setting WHERE name = ?"), name);
    }
}
