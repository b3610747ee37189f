package dev.sealway.testing;

import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** Another database on the server of a test's own, dropped on close. */
public final class SiblingDatabase extends PGSimpleDataSource implements AutoCloseable {

    private static final long serialVersionUID = 1L;

    private final transient TestDatabase owner;

    private SiblingDatabase(TestDatabase owner, String name) {
        this.owner = owner;
        setURL(owner.jdbcUrl());
        setDatabaseName(name);
    }

    /** @param how what follows {@code CREATE DATABASE name}; with a TEMPLATE nobody may be connected to that */
    public static SiblingDatabase create(TestDatabase owner, String how) throws SQLException {
        String name = "%s_sibling".formatted(owner.name());
        owner.execute("CREATE DATABASE %s %s".formatted(name, how));
        return new SiblingDatabase(owner, name);
    }

    public void execute(String... sql) throws SQLException {
        try (var connection = getConnection();
                var statement = connection.createStatement()) {
            for (String text : sql) {
                statement.execute(text);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        owner.execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(getDatabaseName()));
    }
}
