package dev.sealway.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class GoalsTest {
    @TempDir
    private Path directory;

    private TestDatabase database;
    private final Map<String, Object> parameters = new HashMap<>();

    @BeforeEach
    void planATable(TestDatabase fresh) throws Exception {
        database = fresh;
        database.execute("CREATE TABLE patients (id int PRIMARY KEY, name text)");
        var keys = Files.writeString(directory.resolve("keys.json"), Life.freshKeys());
        keys.toFile().setReadable(false, false);
        keys.toFile().setReadable(true, true);
        var plan = Files.writeString(directory.resolve("plan.yaml"), """
                sealway: 1
                name: clinic
                keys: { provider: file, ref: %s }
                tables: { public.patients: { columns: { name: {} } } }
                """.formatted(keys));
        parameters.put("plan", new File(plan.toString()));
        parameters.put("url", database.jdbcUrl());
    }

    private Map<String, Object> with(String name, Object value) {
        var more = new HashMap<>(parameters);
        more.put(name, value);
        return more;
    }

    private Map<String, Object> verify(String concerns) {
        var more = with("report", directory.resolve("report").toFile());
        more.put("until", "verified");
        more.put("failOn", concerns);
        return more;
    }

    @Test
    void statusLogsWhereEveryColumnStands() throws Exception {
        var lines = Mojos.run(new StatusMojo(), parameters);
        assertThat(lines).first().isEqualTo("info: Plan clinic");
        assertThat(lines).anyMatch(line -> line.startsWith("info:   public.patients.name  -"));
        assertThat(lines).anyMatch(line -> line.startsWith("info: Next: "));
    }

    @Test
    void anyGoalFailsTheBuildWithoutAPlan() {
        assertThatThrownBy(() -> Mojos.run(
                        new StatusMojo(),
                        with("plan", directory.resolve("none.yaml").toFile())))
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("none.yaml")
                .hasNoCause();
    }

    @Test
    void planTellsWhatItMeansAndFailsWithEveryFault() throws Exception {
        assertThat(Mojos.run(new PlanMojo(), parameters))
                .contains("info: Plan clinic fits the database")
                .anyMatch(line -> line.startsWith("info:   public.patients.name  "))
                .anyMatch(line -> line.contains("The phrase that will confirm the drop: drop clinic 1 columns"));
        database.execute("ALTER TABLE patients DROP COLUMN name");
        assertThatThrownBy(() -> Mojos.run(new PlanMojo(), parameters))
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("public.patients")
                .hasNoCause();
    }

    @Test
    void doctorTellsWhatItSaw() throws Exception {
        var more = with("project", directory.toFile());
        more.put("allowLogging", true);
        assertThat(Mojos.run(new DoctorMojo(), more)).anyMatch(line -> line.startsWith("info: server"));
        more.put("strict", true);
        assertThatThrownBy(() -> Mojos.run(new DoctorMojo(), more))
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("warnings");
    }

    @Test
    void verifyWritesItsReportBeforeItFails() throws Exception {
        assertThatThrownBy(() -> Mojos.run(new VerifyMojo(), verify("phase,rows,unplanned,residue")))
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("Not covered: 1 of 1 column")
                .hasMessageContaining("coverage.html")
                .hasNoCause();
        assertThat(directory.resolve("report")).isDirectoryContaining("glob:**/TEST-sealway.xml");
        assertThat(Mojos.run(new VerifyMojo(), verify("rows"))).contains("info: Covered: 1 column");
        assertThatThrownBy(() -> Mojos.run(new VerifyMojo(), verify("everything")))
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("'everything'");
    }

    @Test
    void anyGoalCanBePassedOver() throws Exception {
        assertThat(Mojos.run(new StatusMojo(), Map.of("skip", true)))
                .containsExactly("info: Skipped, as sealway.skip says");
    }

    @Test
    void takesUserAndPasswordFromTheSettings() throws Exception {
        parameters.put("url", database.bareJdbcUrl());
        parameters.put("server", "clinic");
        parameters.put("settings", settings("other", database.user()));
        assertThatThrownBy(() -> Mojos.run(new StatusMojo(), parameters))
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("settings.xml has no server 'clinic'");
        parameters.put("settings", settings("clinic", "nobody_of_that_name"));
        assertThatThrownBy(() -> Mojos.run(new StatusMojo(), parameters)).isInstanceOf(MojoFailureException.class);
        parameters.put("settings", settings("clinic", database.user()));
        assertThat(Mojos.run(new StatusMojo(), parameters)).contains("info: Plan clinic");
        parameters.put("settings", settings("clinic", "nobody_of_that_name"));
        assertThat(Mojos.run(new StatusMojo(), with("user", database.user()))).contains("info: Plan clinic");
    }

    private Settings settings(String id, String user) {
        var server = new Server();
        server.setId(id);
        server.setUsername(user);
        server.setPassword(database.password());
        var settings = new Settings();
        settings.setServers(List.of(server));
        return settings;
    }
}
