package dev.sealway.chaos;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Cuts one connection where a boundary is reached, once, and lets the program find out. */
final class Cut implements Boundaries.Listener {

    private static final String CONNECTION_FAILURE = "08006";

    private final Boundary place;
    private final AtomicBoolean made = new AtomicBoolean();

    Cut(Boundary place) {
        this.place = place;
    }

    @Override
    public void reached(Boundary boundary, Connection connection) throws SQLException {
        if (boundary.equals(place) && made.compareAndSet(false, true)) {
            connection.abort(Runnable::run);
            throw new SQLException("An I/O error occurred while sending to the backend.", CONNECTION_FAILURE);
        }
    }

    boolean wasMade() {
        return made.get();
    }
}
