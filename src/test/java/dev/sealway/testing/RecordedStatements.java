package dev.sealway.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Writes down the text of every statement that goes through a data source. Thread-safe. */
public final class RecordedStatements {

    private final List<String> texts = Collections.synchronizedList(new ArrayList<>());

    /** The same connections, listened to. */
    public DataSource over(DataSource source) {
        return listening(DataSource.class, source);
    }

    public List<String> texts() {
        return List.copyOf(texts);
    }

    private <T> T listening(Class<T> type, Object target) {
        InvocationHandler handler = (proxy, method, arguments) -> call(target, method, arguments);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        if (arguments != null && arguments.length > 0 && arguments[0] instanceof String text && takesSql(method)) {
            texts.add(text);
        }
        try {
            Object result = method.invoke(target, arguments);
            if (result instanceof Connection connection && method.getName().equals("getConnection")) {
                return target instanceof DataSource ? listening(Connection.class, connection) : result;
            }
            return result instanceof Statement && method.getReturnType() == Statement.class
                    ? listening(Statement.class, result)
                    : result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static boolean takesSql(Method method) {
        return method.getName().startsWith("prepare") || method.getName().startsWith("execute");
    }
}
