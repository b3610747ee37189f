package dev.sealway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.json.Json;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A process that is told to end. */
@ExtendWith(PostgresExtension.class)
class StopTest {

    private static final String TABLES = """
            tables:
              public.people:
                columns: { email: {} }
            """;

    private static final int TERMINATED = 143;

    @Test
    @Tag("slow")
    void endsAfterTheBatchUnderWayAndSaysSoBesideTheOneDocument(TestDatabase database, @TempDir Path directory)
            throws Exception {
        database.execute(
                "CREATE TABLE people (id bigint PRIMARY KEY, email text)",
                "INSERT INTO people SELECT g, 'a' || g FROM generate_series(1, 50000) g");
        Life life = Life.of(database, TABLES).expand();
        Path plan = directory.resolve("plan.yaml");
        Files.writeString(plan, """
                sealway: 1
                name: test
                keys: { provider: env, ref: SEALWAY_KEYS }
                """ + TABLES);
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "backfill",
                "--json",
                "--batch-size=5",
                "--plan=" + plan,
                "--url=" + database.jdbcUrl());
        builder.environment().putAll(life.environment());
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            awaitBatches(database, process);
            process.destroy();
            assertThat(process.waitFor()).isEqualTo(TERMINATED);
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(Json.parse(Files.readString(out, StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(Map.class, document -> assertThat(document)
                        .containsEntry("outcome", "failed")
                        .containsKeys("error", "audit_head"));
        assertThat(Files.readString(err, StandardCharsets.UTF_8))
                .contains(
                        "Interrupted: ending after the batch under way, within 10 s",
                        "was cancelled by a signal to its process; what is committed stays");
        assertThat(database.value("SELECT outcome FROM sealway.run WHERE verb = 'backfill'"))
                .isEqualTo("cancelled");
        assertThat(database.value("SELECT released_at IS NOT NULL FROM sealway.lease"))
                .isEqualTo("t");
    }

    private static void awaitBatches(TestDatabase database, Process process) throws Exception {
        while (process.isAlive()
                && !"t".equals(database.value("SELECT coalesce(max(rows_done), 0) > 20 FROM sealway.checkpoint"))) {
            Thread.sleep(50);
        }
    }
}
