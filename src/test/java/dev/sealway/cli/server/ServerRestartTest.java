package dev.sealway.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.Sealway;
import dev.sealway.plan.Plan;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** A server that is stopped at once, as if its machine had failed, and started again under a running backfill. */
class ServerRestartTest {

    private static final String TABLES = """
            tables:
              public.people:
                columns: { email: { search: { normalizer: exact } } }
            """;

    private static final String SEALED = "SELECT count(*) FROM people WHERE email_encrypted IS NOT NULL";

    @Test
    @Tag("slow")
    void letsTheSameRunComplete(@TempDir Path directory) throws Exception {
        DetachedServer server = new DetachedServer(directory);
        DetachedServer.Running running = server.start(freePort());
        try {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setURL(running.url());
            execute(
                    source,
                    "CREATE TABLE people (id bigint PRIMARY KEY, email text)",
                    "INSERT INTO people SELECT g, 'a' || g FROM generate_series(1, 1000) g");
            Plan plan = Life.plan(TABLES);
            Map<String, String> keys = Map.of("SEALWAY_KEYS", Life.freshKeys());
            AtomicInteger batches = new AtomicInteger();
            Progress failing = new Progress() {
                @Override
                public void committed(String work, long walked, long written) {
                    if (batches.incrementAndGet() == 5) {
                        restart(server, running);
                    }
                }
            };
            Sealway sealway = Sealway.plan(plan)
                    .environment(keys)
                    .batchSize(100)
                    .progress(failing)
                    .on(source);
            sealway.expand(Selection.ALL);
            assertThat(sealway.backfill(Selection.ALL).passed()).isTrue();
            assertThat(batches.get()).isGreaterThanOrEqualTo(10);
            assertThat(number(source, SEALED)).isEqualTo(1000);
            assertThat(sealway.verify(Selection.ALL).passed()).isTrue();
            assertThat(number(source, "SELECT count(*) FROM sealway.run WHERE outcome = 'done'"))
                    .isEqualTo(3);
        } finally {
            server.stop();
        }
    }

    private static void restart(DetachedServer server, DetachedServer.Running running) {
        try {
            new ProcessBuilder("kill", "-QUIT", Long.toString(running.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            Optional<ProcessHandle> dying = ProcessHandle.of(running.pid());
            if (dying.isPresent()) {
                dying.get().onExit().get(1, TimeUnit.MINUTES);
            }
            server.start(running.port());
        } catch (IOException | InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void execute(PGSimpleDataSource source, String... texts) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String text : texts) {
                statement.execute(text);
            }
        }
    }

    private static long number(PGSimpleDataSource source, String text) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(text)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
