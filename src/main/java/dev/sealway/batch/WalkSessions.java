package dev.sealway.batch;

import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import java.util.function.Supplier;

/** What one worker of a walk has: a session to write on, and one to read ahead on. */
record WalkSessions(Session writes, Session reads) implements AutoCloseable {

    static WalkSessions open(Database database) {
        return open(database::open);
    }

    /** @throws dev.sealway.jdbc.SqlFailure if there are no connections for both now */
    static WalkSessions openAtOnce(Database database) {
        return open(database::openAtOnce);
    }

    private static WalkSessions open(Supplier<Session> opening) {
        Session writes = opening.get();
        try {
            return new WalkSessions(writes, opening.get());
        } catch (RuntimeException | Error e) {
            writes.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try (writes) {
            reads.close();
        }
    }
}
