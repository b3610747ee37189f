package dev.sealway.jdbc;

import dev.sealway.patience.Patience;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The database that is migrated: hands out sessions. Thread-safe. */
public final class Database {

    /** About a minute, in which a server restarts. */
    private static final Patience RECONNECTING =
            new Patience(30, Duration.ofMillis(100), Duration.ofSeconds(5), () -> 0);

    private final Connections connections;
    private final @Nullable Object companion;
    private final List<WritingCheck> checks;

    private Database(Connections connections, @Nullable Object companion, List<WritingCheck> checks) {
        this.connections = connections;
        this.companion = companion;
        this.checks = checks;
    }

    public static Database of(DataSource dataSource) {
        return new Database(new Connections(dataSource, RECONNECTING), null, new CopyOnWriteArrayList<>());
    }

    /**
     * The same database, whose transactions have {@code companion} with them ({@link Transaction#companion}): what a room
     * far below the composition root needs wherever it writes, without every phase in between handing it on.
     *
     * @param companion thread-safe
     */
    public Database accompaniedBy(Object companion) {
        return new Database(connections, companion, checks);
    }

    /** The same database, which waits so long for a server that went away. */
    public Database reconnecting(Patience patience) {
        return new Database(connections.with(patience), companion, checks);
    }

    /** The same database without the checks that others put on its writes, now and later. */
    public Database unchecked() {
        return new Database(connections.apart(), companion, new CopyOnWriteArrayList<>());
    }

    /** From now on every transaction that writes asks {@code check} first, in every session, until it is let off. */
    public void check(WritingCheck check) {
        checks.add(check);
    }

    /** Ends {@link #check}. */
    public void letOff(WritingCheck check) {
        checks.remove(check);
    }

    /** The server's processes behind the sessions that are open now, as the driver was told. */
    public Set<Integer> backends() {
        return connections.backends();
    }

    /** What {@link #accompaniedBy} gave, if it is a {@code kind}. */
    public <T> Optional<T> companion(Class<T> kind) {
        return Optional.ofNullable(companion).filter(kind::isInstance).map(kind::cast);
    }

    /**
     * A connection of its own, in autocommit mode.
     *
     * @throws dev.sealway.error.SealwayException if the database cannot be reached, or the driver is set to put values
     *     into statement texts ({@code preferQueryMode=simple}), from where they get into logs
     */
    public Session open() {
        return new Session(connections, connections.connect(), companion, checks);
    }

    /**
     * As {@link #open}, but waits for no server and no pool that has no connection left: for who can do without.
     *
     * @throws SqlFailure if there is none now
     */
    public Session openAtOnce() {
        return new Session(connections, connections.connectAtOnce(), companion, checks);
    }

    /** So many connections for one who works for long. */
    public Reserve reserve(int connections) {
        return reserve(connections, Connections::connect);
    }

    /**
     * As {@link #reserve}, but waits for nothing, as {@link #openAtOnce}.
     *
     * @throws SqlFailure if there are not as many now
     */
    public Reserve reserveAtOnce(int connections) {
        return reserve(connections, Connections::connectAtOnce);
    }

    private Reserve reserve(int many, Function<Connections, Connection> opening) {
        Connections kept = connections.keeping(many);
        kept.fill(() -> opening.apply(kept));
        return new Reserve(new Database(kept, companion, checks), kept);
    }

    /** Runs {@code work} in a transaction on a session of its own. */
    public <T> T inTransaction(TransactionSettings settings, String doing, Function<Transaction, T> work) {
        try (Session session = open()) {
            return session.inTransaction(settings, doing, work);
        }
    }
}
