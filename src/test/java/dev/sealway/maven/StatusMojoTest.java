package dev.sealway.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class StatusMojoTest {
    @TempDir
    private Path directory;

    @Test
    void logsWhereEveryColumnStands(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE patients (id int PRIMARY KEY, name text)");
        var plan = Files.writeString(directory.resolve("plan.yaml"), """
                sealway: 1
                name: clinic
                keys: { provider: env, ref: SEALWAY_KEYS }
                tables: { public.patients: { columns: { name: {} } } }
                """);
        var lines = run(plan, database.jdbcUrl());
        assertThat(lines).first().isEqualTo("Plan clinic");
        assertThat(lines).anyMatch(line -> line.startsWith("  public.patients.name  -"));
        assertThat(lines).anyMatch(line -> line.startsWith("Next: "));
    }

    @Test
    void failsTheBuildWithoutAPlan(TestDatabase database) {
        assertThatThrownBy(() -> run(directory.resolve("none.yaml"), database.jdbcUrl()))
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("none.yaml")
                .hasNoCause();
    }

    private static List<String> run(Path plan, String url) throws Exception {
        var mojo = new StatusMojo();
        set(mojo, "plan", new File(plan.toString()));
        set(mojo, "url", url);
        var lines = new ArrayList<String>();
        mojo.setLog(new SystemStreamLog() {
            @Override
            public void info(CharSequence content) {
                lines.add(content.toString());
            }
        });
        mojo.execute();
        return lines;
    }

    /** As Maven does it. */
    private static void set(StatusMojo mojo, String name, Object value) throws ReflectiveOperationException {
        var field = DatabaseGoal.class.getDeclaredField(name);
        field.setAccessible(true);
        field.set(mojo, value);
    }
}
