package dev.sealway.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.chaos.Boundary.Moment;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The controls: with a safeguard taken out, a forced interleaving must show up in the comparison. */
@ExtendWith(PostgresExtension.class)
class ControlTest {

    private static final String CAS = "t.xmin = v.row_version::pg_catalog.xid";

    /** Each batch is written in so many statements. */
    private static final int PARTS = 4;

    private static final Person WRITTEN = new Person(Optional.empty(), Person.CANARY + " new", 7);

    private TestDatabase database;

    @BeforeEach
    void takesADatabase(TestDatabase given) {
        database = given;
    }

    @Test
    @DisplayName("T01 without compare-and-set the comparison finds a stale row")
    void findsAStaleRowWithoutCompareAndSet() throws SQLException {
        Compared compared = interleaved(sql -> sql.replace(CAS, "true"), "SELECT 1");
        assertThat(compared.stale())
                .containsExactly("encrypted email of row 30", "token of email of row 30", "encrypted name of row 30");
    }

    @Test
    @DisplayName("T01 with compare-and-set the same interleaving does no harm")
    void findsNothingWithCompareAndSet() throws SQLException {
        Compared compared = interleaved(sql -> sql, "SELECT 1");
        assertThat(compared.isRight()).as(compared.toString()).isTrue();
    }

    @Test
    @DisplayName("T01 without the guard the comparison finds a stale row")
    void findsAStaleRowWithoutTheGuard() throws SQLException {
        Compared compared = afterTheWalk("ALTER TABLE people DISABLE TRIGGER \"~sealway_guard\"");
        assertThat(compared.stale())
                .containsExactly("encrypted email of row 30", "token of email of row 30", "encrypted name of row 30");
    }

    @Test
    @DisplayName("T01 with the guard the same write does no harm")
    void findsNothingWithTheGuard() throws SQLException {
        Compared compared = afterTheWalk("SELECT 1");
        assertThat(compared.isRight()).as(compared.toString()).isTrue();
    }

    /** An application writes row 30 after it was read and sealed, and before its batch is written. */
    private Compared interleaved(UnaryOperator<String> rewriting, String first) throws SQLException {
        try (Scene scene = Scene.create(database.jdbcUrl(), 60)) {
            Step.EXPAND.run(scene.sealway(), scene.folder());
            AtomicBoolean wrote = new AtomicBoolean();
            Boundaries boundaries = new Boundaries(
                    (boundary, connection) -> {
                        if (isSecondBatch(boundary) && !wrote.getAndSet(true)) {
                            write(scene, first);
                        }
                    },
                    rewriting);
            boundaries.enter(Step.BACKFILL.name());
            Step.BACKFILL.run(scene.sealway(boundaries.over(scene.source(Scene.SEALWAY))), scene.folder());
            assertThat(wrote).isTrue();
            return Comparison.of(scene);
        }
    }

    /** An application writes row 30 when it is sealed, and something was done before. */
    private Compared afterTheWalk(String first) throws SQLException {
        try (Scene scene = Scene.create(database.jdbcUrl(), 60)) {
            Step.EXPAND.run(scene.sealway(), scene.folder());
            Step.BACKFILL.run(scene.sealway(), scene.folder());
            write(scene, first);
            return Comparison.of(scene);
        }
    }

    private static boolean isSecondBatch(Boundary boundary) {
        return boundary.moment() == Moment.WRITE
                && boundary.label().startsWith("WITH UPDATE")
                && boundary.occurrence() == PARTS + 1;
    }

    private static void write(Scene scene, String first) throws SQLException {
        try (Connection connection = scene.connect();
                var statement = connection.createStatement()) {
            statement.execute(first);
            statement.executeUpdate(
                    "UPDATE people SET email = NULL, name = '%s', v = 7 WHERE id = 30".formatted(WRITTEN.name()));
            scene.people().put(30L, WRITTEN);
        }
    }
}
