package dev.sealway.testing;

import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.slf4j.LoggerFactory;

/**
 * Gives tests an {@link AwsServer}, which all tests of the JVM share, so each uses names of its own. Where there is none,
 * the tests are skipped, and the log says how they would run.
 */
public final class AwsExtension implements ExecutionCondition, BeforeAllCallback, AfterAllCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(AwsExtension.class);

    private static final String SKIPPED =
            "no AWS to test against: install moto_server on the PATH (pip install 'moto[server]'), start Docker, "
                    + "or run %s=http://127.0.0.1:4566 make test".formatted(AwsServer.ENDPOINT);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return server(context).isPresent()
                ? ConditionEvaluationResult.enabled("there is an AWS to test against")
                : ConditionEvaluationResult.disabled(SKIPPED);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        AwsProperties.set();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        AwsProperties.clear();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == AwsServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return server(context).orElseThrow();
    }

    private static Optional<AwsServer> server(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Found.class, key -> Found.look(), Found.class)
                .server();
    }

    /** What there is, remembered also if it is nothing; closed by JUnit after the last test. */
    private record Found(Optional<AwsServer> server) implements AutoCloseable {

        private static Found look() {
            Optional<AwsServer> server = AwsServer.find(System.getenv());
            LoggerFactory.getLogger(AwsExtension.class)
                    .info(
                            "{}",
                            server.map(s -> "AWS tests run against %s".formatted(s))
                                    .orElse(SKIPPED));
            return new Found(server);
        }

        @Override
        public void close() throws Exception {
            if (server.isPresent()) {
                server.get().close();
            }
        }
    }
}
