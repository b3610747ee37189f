package dev.sealway.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanPlaceTest {

    @TempDir
    private Path project;

    @Test
    void findsThePlanAboveTheMigrationsWhereverTheProcessRuns() throws IOException {
        Path migrations = Files.createDirectories(project.resolve("db/migration"));
        Files.writeString(project.resolve("db/sealway.yaml"), "the project's own");

        assertThat(place(migrations).find("db/sealway.yaml").text()).isEqualTo("the project's own");
    }

    @Test
    void prefersThePlanBesideTheMigrations() throws IOException {
        Path migrations = Files.createDirectories(project.resolve("db/migration"));
        Files.writeString(project.resolve("plan.yaml"), "above");
        Files.writeString(migrations.resolve("plan.yaml"), "beside");

        assertThat(place(migrations).find("plan.yaml").text()).isEqualTo("beside");
    }

    @Test
    void fallsBackToTheDirectoryOfTheProcess() {
        assertThat(place(project).find("db/sealway.yaml").text()).contains("name: alphapulse");
    }

    @Test
    void takesAnAbsolutePathAsItIs() throws IOException {
        Path plan = Files.writeString(project.resolve("x.yaml"), "absolute");

        assertThat(place(project).find(plan.toString()).text()).isEqualTo("absolute");
    }

    @Test
    void findsAResource() {
        PlanText schema = place(project).find("classpath:dev/sealway/planfile/plan.schema.json");

        assertThat(schema.text()).startsWith("{");
        assertThat(schema.source()).isEqualTo("classpath:dev/sealway/planfile/plan.schema.json");
    }

    @Test
    void saysWhereItLookedAndWhatToSet() {
        assertThatThrownBy(() -> place(project).find("none.yaml"))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("there is no plan file none.yaml")
                .hasMessageContaining("sealway.plan");
        assertThatThrownBy(() -> place(project).find("classpath:none.yaml"))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("class path");
    }

    private static PlanPlace place(Path migrations) {
        return PlanPlace.of(
                List.of(), List.of(migrations.toString()), PlanPlaceTest.class.getClassLoader(), PreparedDrop.TOOL);
    }
}
