package dev.sealway.phase.purge;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Literal;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.BorrowedSettings;
import dev.sealway.patience.MayPass;
import dev.sealway.patience.Patience;
import java.util.Optional;
import java.util.function.Function;

/** The server's setting {@code wal_recycle}, lent for a while; the ledger knows what it was, should this process be killed. */
final class WalRecycling {

    private static final String SETTING = "wal_recycle";
    private static final String DOING = "changing wal_recycle";

    private static final Sql SAID_BEFORE = Sql.of("""
            SELECT setting FROM pg_catalog.pg_file_settings
             WHERE name = 'wal_recycle' AND sourcefile LIKE '%postgresql.auto.conf' ORDER BY seqno DESC LIMIT 1""");

    private final Session session;
    private final Patience patience;

    WalRecycling(Session session, Patience patience) {
        this.session = session;
        this.patience = patience;
    }

    void off(long runId) {
        in(tx -> {
            BorrowedSettings.in(tx).borrow(SETTING, tx.first(SAID_BEFORE, row -> row.getString(1)), runId);
            return true;
        });
        session.executeAlone(Sql.of("ALTER SYSTEM SET wal_recycle = off"), DOING);
        reload();
        patience.retry(() -> {
            if (!in(tx -> tx.isTrue(Sql.of("SELECT pg_catalog.current_setting('wal_recycle') = 'off'")))) {
                throw new NotYet();
            }
            return true;
        });
        // the first one makes sure that the checkpointer has read the setting, too
        session.executeAlone(Sql.of("CHECKPOINT"), "writing a checkpoint");
    }

    /** Puts back what was lent, also by a run that was killed; nothing happens if nothing is. */
    void asBefore() {
        if (!in(tx -> BorrowedSettings.in(tx).isLent(SETTING))) {
            return;
        }
        Optional<String> before = in(tx -> BorrowedSettings.in(tx).before(SETTING));
        Sql statement = before.map(
                        v -> Sql.of("ALTER SYSTEM SET wal_recycle = {value}").with("value", new Literal(v)))
                .orElse(Sql.of("ALTER SYSTEM RESET wal_recycle"));
        session.executeAlone(statement, DOING);
        reload();
        in(tx -> {
            BorrowedSettings.in(tx).returned(SETTING);
            return true;
        });
    }

    private void reload() {
        in(tx -> tx.isTrue(Sql.of("SELECT pg_catalog.pg_reload_conf()")));
    }

    private <T> T in(Function<Transaction, T> work) {
        return session.inTransaction(TransactionSettings.writing(), DOING, work);
    }

    private static final class NotYet extends SealwayException implements MayPass {

        private static final long serialVersionUID = 1L;

        NotYet() {
            super(
                    Outcome.FAILED,
                    "the server did not take over wal_recycle = off; another configuration file may say otherwise");
        }

        @Override
        public boolean isTransient() {
            return true;
        }
    }
}
