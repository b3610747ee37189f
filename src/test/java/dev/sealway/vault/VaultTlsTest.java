package dev.sealway.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.sealway.testing.vault.Vaults;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS 1.3 alone, with a certificate that no authority of the JVM's knows. */
@Tag("slow")
class VaultTlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    private Path directory;

    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        keytool("server", "-genkeypair", "-ext", "san=ip:127.0.0.1");
        keytool("another", "-genkeypair", "-ext", "san=ip:127.0.0.2");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters only = getSSLContext().getDefaultSSLParameters();
                only.setProtocols(new String[] {"TLSv1.3"});
                parameters.setSSLParameters(only);
            }
        });
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private SSLContext context() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("server.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private void keytool(String name, String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        line.addAll(List.of(command));
        line.addAll(List.of(
                "-alias", name, "-keystore", directory.resolve(name + ".p12").toString()));
        line.addAll(List.of("-storepass", PASSWORD, "-storetype", "PKCS12"));
        if (command[0].equals("-genkeypair")) {
            line.addAll(List.of("-keyalg", "EC", "-dname", "CN=" + name, "-validity", "2"));
        }
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor()).isZero();
    }

    private String certificate(String name) throws IOException, InterruptedException {
        Path file = directory.resolve(name + ".pem");
        keytool(name, "-exportcert", "-rfc", "-file", file.toString());
        return Files.readString(file);
    }

    private KvReading read(Map<String, String> settings) {
        Map<String, String> environment = Map.of(
                "VAULT_ADDR",
                "https://127.0.0.1:%d".formatted(server.getAddress().getPort()),
                "VAULT_TOKEN",
                "t");
        return VaultConnection.open(VaultSettings.of(settings, environment), Vaults.LITTLE, System::nanoTime)
                .kv()
                .read("secret", "shop");
    }

    @Test
    void believesEveryCertificateOfTheFile() throws IOException, InterruptedException {
        Path chain = Files.writeString(directory.resolve("ca.pem"), certificate("another") + certificate("server"));
        assertThat(read(Map.of("ca-file", chain.toString()))).isInstanceOf(KvReading.Missing.class);
    }

    @Test
    void refusesAServerThatItDoesNotKnow() throws IOException, InterruptedException {
        Path other = Files.writeString(directory.resolve("ca.pem"), certificate("another"));
        for (Map<String, String> settings : List.of(Map.<String, String>of(), Map.of("ca-file", other.toString()))) {
            assertThatThrownBy(() -> read(settings))
                    .isInstanceOf(VaultRefusedException.class)
                    .hasMessageContaining("could not prove who it is (TLS); give the certificates of its authority")
                    .hasNoCause();
        }
    }

    @Test
    void tellsAFileWithoutCertificates() throws IOException {
        Path empty = Files.writeString(directory.resolve("ca.pem"), "CANARY");
        assertThatThrownBy(() -> read(Map.of("ca-file", empty.toString())))
                .hasMessageContaining("holds no certificates that can be used")
                .hasMessageNotContaining("CANARY");
        assertThatThrownBy(
                        () -> read(Map.of("ca-file", directory.resolve("none").toString())))
                .hasMessageContaining("cannot be read");
    }
}
