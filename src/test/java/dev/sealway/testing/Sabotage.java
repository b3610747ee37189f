package dev.sealway.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A data source that asks before each statement and each commit whether to do harm: to end the session behind it on the
 * server, or to keep the answer to a commit back that took place.
 */
public final class Sabotage {

    /** What {@link Saboteur} is told when a transaction commits. */
    public static final String COMMIT = "COMMIT";

    /** What befalls a connection. */
    public enum Harm {
        NONE,
        /** The server ends the session before it gets the statement. */
        ENDED,
        /** The statement takes place, and then the connection breaks. */
        ANSWER_LOST
    }

    /** Chooses. Called from every thread that has a session. */
    @FunctionalInterface
    public interface Saboteur {

        /** @param statement its text, or {@link #COMMIT} */
        Harm choose(String statement);
    }

    private final TestDatabase database;
    private final Saboteur saboteur;

    public Sabotage(TestDatabase database, Saboteur saboteur) {
        this.database = database;
        this.saboteur = saboteur;
    }

    public DataSource dataSource() {
        return proxy(DataSource.class, database.dataSource(), null);
    }

    private <T> T proxy(Class<T> type, @Nullable Object target, @Nullable Connection connection) {
        InvocationHandler handler = (self, method, arguments) -> call(target, connection, method, arguments);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private @Nullable Object call(
            @Nullable Object target, @Nullable Connection connection, Method method, Object @Nullable [] arguments)
            throws Throwable {
        Harm harm = connection == null ? Harm.NONE : harm(method, arguments);
        if (harm == Harm.ENDED) {
            end(connection);
        }
        Object result = invoke(target, method, arguments);
        if (harm == Harm.ANSWER_LOST) {
            end(connection);
            connection.close();
            throw new SQLException("the test lost the answer", "08006");
        }
        if (target instanceof DataSource && result instanceof Connection made) {
            return proxy(Connection.class, made, made);
        }
        return method.getName().equals("createStatement") ? proxy(Statement.class, result, connection) : result;
    }

    private Harm harm(Method method, Object @Nullable [] arguments) {
        if (method.getName().equals("commit")) {
            return saboteur.choose(COMMIT);
        }
        boolean takesSql = method.getName().startsWith("prepareStatement")
                || method.getName().startsWith("execute");
        return takesSql && arguments != null && arguments.length > 0 && arguments[0] instanceof String text
                ? saboteur.choose(text)
                : Harm.NONE;
    }

    private static @Nullable Object invoke(@Nullable Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Waits until the process is gone: otherwise it might still take the next statement. */
    private void end(Connection connection) throws SQLException {
        int pid = connection.unwrap(PGConnection.class).getBackendPID();
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(%d, 5000)".formatted(pid));
        }
    }
}
