package dev.sealway.testing;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives every test a database of its own: declare a {@link TestDatabase} parameter on the test or on its
 * {@code @BeforeEach}. The server starts with the first such test of the JVM and stops after the last. A test that
 * leaves a session open fails; its database is dropped in any case.
 */
public final class PostgresExtension implements ParameterResolver, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(PostgresExtension.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestDatabase.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException("a TestDatabase belongs to one test: "
                    + "take it as a parameter of the test or of its @BeforeEach, not of @BeforeAll or a constructor");
        }
        return store(context).getOrComputeIfAbsent(TestDatabase.class, key -> create(context), TestDatabase.class);
    }

    private static TestDatabase create(ExtensionContext context) {
        try {
            return TestDatabase.create(server(context));
        } catch (SQLException failure) {
            throw new ParameterResolutionException("no test database could be created", failure);
        }
    }

    private static PostgresServer server(ExtensionContext context) {
        return store(context.getRoot())
                .getOrComputeIfAbsent(
                        PostgresServer.class,
                        key -> PostgresServer.start(System.getProperty("postgres", "")),
                        PostgresServer.class);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        var database = store(context).remove(TestDatabase.class, TestDatabase.class);
        if (database == null) {
            return;
        }
        try (database) {
            database.refuseOpenSessions(PATIENCE);
        }
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }
}
