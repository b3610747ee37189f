package dev.sealway.testing;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Something that speaks Secrets Manager and KMS: the address in {@link #ENDPOINT}, a {@code moto_server} of this machine,
 * or LocalStack in a container, whichever is there first. Never AWS itself: the credentials are no account's.
 */
public final class AwsServer implements AutoCloseable {

    static final String ENDPOINT = "SEALWAY_TEST_AWS_ENDPOINT";

    /** Pinned: a later one wants a token of an account. */
    private static final String LOCALSTACK = "localstack/localstack:4.9.2";

    private final String name;
    private final URI endpoint;
    private final AutoCloseable stop;

    private AwsServer(String name, URI endpoint, AutoCloseable stop) {
        this.name = name;
        this.endpoint = endpoint;
        this.stop = stop;
    }

    static Optional<AwsServer> find(Map<String, String> environment) {
        String given = environment.getOrDefault(ENDPOINT, "");
        if (!given.isBlank()) {
            return Optional.of(new AwsServer("the given endpoint", URI.create(given), () -> {}));
        }
        Optional<Path> moto = onPath("moto_server", environment.getOrDefault("PATH", ""));
        if (moto.isPresent()) {
            return Optional.of(moto(moto.get()));
        }
        return DockerClientFactory.instance().isDockerAvailable() ? Optional.of(localStack()) : Optional.empty();
    }

    private static Optional<Path> onPath(String program, String path) {
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(directory -> !directory.isBlank())
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static AwsServer moto(Path program) {
        try {
            MotoServer server = MotoServer.start(program);
            return new AwsServer("moto_server", server.endpoint(), server);
        } catch (IOException e) {
            throw new IllegalStateException("moto_server is on the PATH and does not start", e);
        }
    }

    private static AwsServer localStack() {
        LocalStackContainer container =
                new LocalStackContainer(DockerImageName.parse(LOCALSTACK)).withServices("secretsmanager", "kms");
        container.start();
        return new AwsServer(LOCALSTACK, container.getEndpoint(), container);
    }

    /** The settings of a provider, or of a key, that reach it. */
    public Map<String, String> settings() {
        return Map.of("region", "us-east-1", "endpoint", endpoint.toString());
    }

    public URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() throws Exception {
        stop.close();
    }

    @Override
    public String toString() {
        return "%s at %s".formatted(name, endpoint);
    }
}
