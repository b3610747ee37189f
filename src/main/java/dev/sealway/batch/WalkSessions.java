package dev.sealway.batch;

import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;

/** What one worker of a walk has: a session to write on, and one to read ahead on. */
record WalkSessions(Session writes, Session reads) implements AutoCloseable {

    static WalkSessions open(Database database) {
        Session writes = database.open();
        try {
            return new WalkSessions(writes, database.open());
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
