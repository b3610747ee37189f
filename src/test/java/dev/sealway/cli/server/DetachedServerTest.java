package dev.sealway.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.cli.Main;
import dev.sealway.error.SealwayException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetachedServerTest {
    @TempDir
    private Path directory;

    @AfterEach
    void stopTheServer() {
        new DetachedServer(directory).stop();
    }

    /** Each command is a process of its own, as in a shell: the server must outlive the one that started it. */
    @Test
    @Tag("slow")
    void startsStopsAndStartsAgainWithItsData() throws Exception {
        var port = String.valueOf(freePort());
        assertThat(db("start", "--port", port)).contains("PostgreSQL is ready: jdbc:postgresql://127.0.0.1:" + port);
        execute(port, "CREATE TABLE kept AS SELECT 42 AS answer");
        assertThat(db("start", "--port", port)).contains("runs already");
        assertThat(db("status")).contains("PostgreSQL runs: ");

        assertThat(db("stop")).contains("PostgreSQL is stopped");
        assertThat(db("stop")).contains("was not running");
        assertThat(db("status")).contains("does not run");

        assertThat(db("start", "--port", port)).contains("PostgreSQL is ready");
        execute(port, "INSERT INTO kept VALUES (43)");
        var server = ProcessHandle.of(
                        new DetachedServer(directory).status().orElseThrow().pid())
                .orElseThrow();
        server.destroyForcibly();
        server.onExit().get(1, TimeUnit.MINUTES);
        assertThat(db("start", "--port", port)).contains("PostgreSQL is ready");
        execute(port, "SELECT answer FROM kept");
    }

    @Test
    void saysThatItDoesNotRun() {
        var server = new DetachedServer(directory);
        assertThat(server.status()).isEmpty();
        assertThat(server.stop()).isFalse();
    }

    @Test
    void refusesAPortThatIsTaken() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> new DetachedServer(directory).start(taken.getLocalPort()))
                    .isInstanceOf(SealwayException.class)
                    .hasMessageContaining("port %d of 127.0.0.1 is taken".formatted(taken.getLocalPort()));
        }
    }

    @Test
    void removesThePidFileOfAServerThatIsGone() throws IOException {
        var data = Files.createDirectory(directory.resolve("data"));
        var file = Files.write(
                data.resolve("postmaster.pid"),
                List.of(String.valueOf(ProcessHandle.current().pid()), data.toString(), "0", "54329", "", "127.0.0.1"));
        var server = new DetachedServer(directory);
        assertThat(server.status()).as("a Java process is no PostgreSQL").isEmpty();
        assertThat(server.stop()).isFalse();
        assertThat(file).doesNotExist();
    }

    @Test
    void explainsWhyRootCannotStartIt() throws IOException {
        var log = Files.writeString(directory.resolve("server.log"), "initdb: error: cannot be run as root\n");
        assertThat(StartFailure.of(log)).hasMessageContaining("--privileged").hasMessageContaining("--url");
        Files.writeString(log, "FATAL: something else\n");
        assertThat(StartFailure.of(log)).hasMessageContaining("something else");
    }

    private String db(String... arguments) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(
                List.of(java, "-cp", System.getProperty("java.class.path"), Main.class.getName(), "db"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--directory", directory.toString()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static void execute(String port, String sql) throws Exception {
        var url = "jdbc:postgresql://127.0.0.1:%s/postgres?user=postgres".formatted(port);
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
