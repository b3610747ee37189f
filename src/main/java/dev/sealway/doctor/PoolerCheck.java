package dev.sealway.doctor;

import dev.sealway.doctor.Finding.Group;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.TransactionSettings;
import java.util.List;

/**
 * Whether a session is a session of the server's: a pooler in transaction or statement mode hands each transaction to another
 * one, and then locks of sessions, which keep runs apart, hold nothing.
 */
public final class PoolerCheck {

    private static final Sql PID = Sql.of("SELECT pg_catalog.pg_backend_pid()");
    private static final String DOING = "looking for a pooler";

    private PoolerCheck() {}

    public static List<Finding> of(Database database) {
        return List.of(
                isShared(database)
                        ? Finding.refusal(
                                Group.CONNECTION,
                                "a pooler in transaction mode stands before the server",
                                "advisory locks, which keep two runs apart, and settings of a session hold nothing there",
                                "connect past it, or give Sealway a pool with pool_mode = session")
                        : Finding.ok(Group.CONNECTION, "sessions are the server's own, no pooler in transaction mode"),
                Finding.ok(
                        Group.CONNECTION,
                        "parameters are sent apart from statements; preferQueryMode=simple is refused"));
    }

    /** A pool gives the connection that came back last: a second session gets the first one's, while that is still open. */
    private static boolean isShared(Database database) {
        try (Session one = database.open();
                Session other = database.open()) {
            long first = pid(one);
            return pid(other) == first
                    || other.inTransaction(TransactionSettings.reading(), DOING, tx -> {
                        tx.number(PID);
                        return pid(one) != first;
                    });
        }
    }

    private static long pid(Session session) {
        return session.inTransaction(TransactionSettings.reading(), DOING, tx -> tx.number(PID));
    }
}
