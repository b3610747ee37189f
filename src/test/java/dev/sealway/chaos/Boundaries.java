package dev.sealway.chaos;

import dev.sealway.chaos.Boundary.Moment;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Finds the boundaries between the steps of a verb from outside: in what goes over its connections. Nothing in the program
 * knows of it. Thread-safe.
 */
final class Boundaries {

    /** Hears of every boundary, on the thread that is there. */
    interface Listener {

        /** @throws SQLException for the program to meet there */
        void reached(Boundary boundary, Connection connection) throws SQLException;
    }

    private final Listener listener;
    private final UnaryOperator<String> rewriting;
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private volatile String verb = "";

    Boundaries(Listener listener) {
        this(listener, sql -> sql);
    }

    /** @param rewriting what becomes of each statement: for controls that take a safeguard out */
    Boundaries(Listener listener, UnaryOperator<String> rewriting) {
        this.listener = listener;
        this.rewriting = rewriting;
    }

    /** What comes from now on belongs to {@code next}. */
    void enter(String next) {
        verb = next;
        counts.clear();
    }

    /** The same connections, listened to. */
    DataSource over(DataSource source) {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = call(source, method, arguments);
            return result instanceof Connection connection ? watched(connection) : result;
        });
    }

    private Connection watched(Connection connection) {
        return proxy(Connection.class, new Watched(connection));
    }

    private void reach(Moment moment, String label, Connection connection) throws SQLException {
        int occurrence = counts.merge(moment + "|" + label, 1, Integer::sum);
        listener.reached(new Boundary(verb, moment, label, occurrence), connection);
    }

    /** One connection, and what its transaction wrote so far. */
    private final class Watched implements InvocationHandler {

        private final Connection connection;
        private final Set<String> written = new LinkedHashSet<>();

        Watched(Connection connection) {
            this.connection = connection;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            return switch (method.getName()) {
                case "setAutoCommit" -> {
                    if (arguments != null && arguments[0].equals(false) && connection.getAutoCommit()) {
                        written.clear();
                        reach(Moment.BEGIN, "transaction", connection);
                    }
                    yield call(connection, method, arguments);
                }
                case "commit" -> commit(method);
                case "prepareStatement" -> {
                    String sql = rewriting.apply(String.valueOf(arguments == null ? "" : arguments[0]));
                    yield proxy(PreparedStatement.class, executed(call(connection, method, new Object[] {sql}), sql));
                }
                case "createStatement" -> proxy(Statement.class, executed(call(connection, method, arguments), ""));
                default -> call(connection, method, arguments);
            };
        }

        private @Nullable Object commit(Method method) throws Throwable {
            List<String> labels = new ArrayList<>(written);
            String label = String.join(" + ", labels.subList(0, Math.min(3, labels.size())));
            if (!labels.isEmpty()) {
                reach(Moment.COMMIT, label, connection);
            }
            Object result = call(connection, method, null);
            if (!labels.isEmpty()) {
                reach(Moment.COMMITTED, label, connection);
            }
            return result;
        }

        private InvocationHandler executed(@Nullable Object statement, String prepared) {
            return (proxy, method, arguments) -> {
                Object[] given = arguments;
                if (!method.getName().startsWith("execute")) {
                    return call(statement, method, given);
                }
                String sql = prepared;
                if (given != null && given.length > 0 && given[0] instanceof String text) {
                    sql = rewriting.apply(text);
                    given = given.clone();
                    given[0] = sql;
                }
                return execute(statement, method, given, StatementLabel.of(sql));
            };
        }

        private @Nullable Object execute(
                @Nullable Object statement, Method method, Object @Nullable [] arguments, Optional<String> label)
                throws Throwable {
            if (label.isEmpty()) {
                return call(statement, method, arguments);
            }
            boolean alone = connection.getAutoCommit();
            reach(alone ? Moment.ALONE : Moment.WRITE, label.get(), connection);
            Object result = call(statement, method, arguments);
            if (alone) {
                reach(Moment.DONE, label.get(), connection);
            } else {
                written.add(label.get());
            }
            return result;
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(@Nullable Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
