package dev.sealway.testing.vault;

import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** A server in its development mode: unsealed, in memory, with a token that is known. */
final class VaultInContainer {

    static final String SKIPPED = "there is no Docker to run a server in; start it, or see GivenVaultContractTest";

    private static final int PORT = 8200;
    private static final String TOKEN = "root";

    private VaultInContainer() {}

    static boolean canRun() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    /** Stopped when the JVM ends. */
    @SuppressWarnings("resource") // Testcontainers stops it
    static VaultTarget start(String image, Map<String, String> environment) {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(image))
                .withEnv(environment)
                .withExposedPorts(PORT)
                .waitingFor(Wait.forHttp("/v1/sys/health").forPort(PORT).forStatusCode(200));
        container.start();
        return new VaultTarget(
                image, "http://%s:%d".formatted(container.getHost(), container.getMappedPort(PORT)), TOKEN);
    }
}
