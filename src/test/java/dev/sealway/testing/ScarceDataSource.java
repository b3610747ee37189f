package dev.sealway.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A server, or a pool, that has no more than so many connections at once. Thread-safe. */
public final class ScarceDataSource extends PGSimpleDataSource {

    private static final long serialVersionUID = 1L;

    private final int most;
    private final transient Supplier<SQLException> refusal;
    private final transient List<Connection> given = new ArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();

    /**
     * @param url with the login
     * @param refusal what it throws when it has none left
     */
    public ScarceDataSource(String url, int most, Supplier<SQLException> refusal) {
        setURL(url);
        this.most = most;
        this.refusal = refusal;
    }

    /** How often it had none left. */
    public int refused() {
        return refused.get();
    }

    /** Another client's connection is one of those that there are, until it is closed. */
    public synchronized void count(Connection other) {
        given.add(other);
    }

    @Override
    public synchronized Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        List<Connection> open = new ArrayList<>();
        for (Connection connection : given) {
            if (!connection.isClosed()) {
                open.add(connection);
            }
        }
        given.retainAll(open);
        if (given.size() >= most) {
            refused.incrementAndGet();
            throw refusal.get();
        }
        Connection connection = super.getConnection(user, password);
        given.add(connection);
        return connection;
    }
}
