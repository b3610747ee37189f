package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.Sealway;
import dev.sealway.batch.WalkListener;
import dev.sealway.phase.purge.PurgeReport;
import dev.sealway.phase.purge.PurgeStep;
import dev.sealway.phase.purge.PurgeTerms;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.residue.Trace;
import dev.sealway.residue.Trace.State;
import dev.sealway.residue.disk.Canaries;
import dev.sealway.residue.disk.DiskFinding;
import dev.sealway.residue.disk.FileKind;
import dev.sealway.testing.Life;
import dev.sealway.testing.OwnServer;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.Workflows;
import dev.sealway.testing.transit.InPlaceLife;
import dev.sealway.workflow.Verb;
import dev.sealway.workflow.Workflow;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What a drop leaves in the files of a server, and what a purge leaves of that. */
@Tag("slow")
class PurgeTest {

    private static final String CANARY = "QzWxCanary";
    private static final PurgeTerms WITH_WAL = new PurgeTerms(Duration.ofMinutes(1), true);
    private static final String PLAN = """
            tables:
              public.notes:
                columns:
                  word: {}
                  body: {}
                dispositions:
                  index notes_word: drop
                  statistics public.notes_stat: drop
            """;

    @TempDir
    private Path directory;

    private OwnServer server;
    private TestDatabase database;
    private Life life;

    @BeforeEach
    void fillATable() throws Exception {
        server = OwnServer.start(directory, Map.of("min_wal_size", "32MB", "max_wal_size", "64MB"));
        database = server.database();
        database.execute(
                "CREATE TABLE notes (id int PRIMARY KEY, grp int, word text, body text)",
                "ALTER TABLE notes ALTER body SET STORAGE EXTERNAL",
                "CREATE INDEX notes_word ON notes (word)",
                "CREATE STATISTICS notes_stat (mcv) ON grp, word FROM notes",
                """
                INSERT INTO notes SELECT g, g % 5, 'QzWx' || 'Canary' || g % 10, repeat('QzWx' || 'Canary ', 400)
                  FROM generate_series(1, 500) g""",
                "ANALYZE notes",
                "CHECKPOINT");
        life = Life.of(database, PLAN).batchesOf(250);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    @DisplayName(
            "T75 canaries are in the files after the drop, and in none after the purge; residue tells it at each step")
    void leavesNoPlaintextInTheFiles() throws Exception {
        life.toVerified();
        assertThat(places(State.PRESENT)).contains("columns");

        life.contract();
        assertThat(kinds()).contains(FileKind.HEAP, FileKind.TOAST, FileKind.STATISTICS, FileKind.WAL);
        assertThat(places(State.PRESENT)).contains("pages", "statistics", "write-ahead log");
        assertThat(places(State.CLEAN)).contains("indexes", "replication slots", "query texts");

        PurgeReport withoutWal = purge(PurgeTerms.usual());
        assertThat(withoutWal.passed()).isTrue();
        assertThat(outcomes(withoutWal)).containsExactly(PurgeStep.Outcome.REWRITTEN, PurgeStep.Outcome.REWRITTEN);
        assertThat(kinds()).doesNotContain(FileKind.HEAP, FileKind.TOAST, FileKind.INDEX, FileKind.STATISTICS);
        assertThat(kinds()).contains(FileKind.WAL);
        assertThat(places(State.PRESENT)).containsExactly("write-ahead log");
        assertThat(places(State.CLEAN)).contains("pages", "statistics");

        PurgeReport withWal = purge(WITH_WAL);
        assertThat(outcomes(withWal))
                .containsExactly(PurgeStep.Outcome.ALREADY, PurgeStep.Outcome.ALREADY, PurgeStep.Outcome.REWRITTEN);
        assertThat(search()).isEmpty();
        assertThat(places(State.PRESENT)).isEmpty();
        assertThat(places(State.CLEAN)).contains("write-ahead log");
        assertThat(places(State.EXTERNAL)).contains("base backups and snapshots", "server logs");
        assertThat(database.value("SHOW wal_recycle")).isEqualTo("on");
        assertThat(database.rows("SELECT event FROM sealway.audit ORDER BY seq"))
                .contains(List.of("table.purged"), List.of("statistics.purged"), List.of("wal.cycled"));
    }

    @Test
    void previewsWithoutChangingAnything() throws Exception {
        life.toContracted();
        String before = files();
        assertThat(life.sealway().preview(Verb.PURGE, Selection.ALL))
                .anyMatch(line ->
                        line.startsWith("VACUUM (FULL) \"public\".\"notes\"; ") && line.contains("locks everybody"))
                .anyMatch(line -> line.startsWith("VACUUM (FULL) \"pg_catalog\".\"pg_statistic\""));
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void refusesATableWhosePlaintextIsThere() {
        life.toVerified();
        assertThatThrownBy(() -> purge(PurgeTerms.usual()))
                .hasMessageContaining("public.notes.word")
                .hasMessageContaining("sealway contract");
    }

    @Test
    void takesBackWhatLastsTooLongAndGoesOnLater() throws Exception {
        life.toContracted();
        try (var reader = database.connect();
                var statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM notes");
            PurgeReport held = impatient().purge(Selection.ALL, PurgeTerms.usual());
            assertThat(held.passed()).isFalse();
            assertThat(held.steps().get(0).detail()).contains("its lock was not granted");
            assertThat(held.steps().get(1).detail()).contains("dead rows may still be seen by session");
            reader.rollback();
        }
        assertThat(places(State.PRESENT)).contains("pages");
        assertThat(purge(PurgeTerms.usual()).passed()).isTrue();
        assertThat(places(State.PRESENT)).doesNotContain("pages");
    }

    @Test
    void putsBackTheSettingThatAKilledRunHadBorrowed() throws Exception {
        life.toContracted();
        database.execute(
                "ALTER SYSTEM SET wal_recycle = off",
                "SELECT pg_reload_conf()",
                "INSERT INTO sealway.borrowed_setting SELECT 'wal_recycle', NULL, max(id) FROM sealway.run");
        purge(PurgeTerms.usual());
        assertThat(database.rows("SELECT * FROM pg_file_settings WHERE name = 'wal_recycle'"))
                .isEmpty();
        assertThat(database.rows("SELECT * FROM sealway.borrowed_setting")).isEmpty();
    }

    @Test
    void cyclesNothingThatASlotHoldsBack() throws Exception {
        life.toContracted();
        database.execute("SELECT pg_create_physical_replication_slot('late', true)");
        PurgeReport report = purge(WITH_WAL);
        assertThat(report.steps().get(2).outcome()).isEqualTo(PurgeStep.Outcome.RESIDUAL);
        assertThat(report.steps().get(2).detail()).contains("replication slot late");
        assertThat(places(State.PRESENT)).contains("replication slots", "write-ahead log");
    }

    @Test
    void rewritesPartitionByPartition() throws Exception {
        database.execute(
                "DROP TABLE notes",
                "CREATE TABLE notes (id int PRIMARY KEY, word text, body text) PARTITION BY RANGE (id)",
                "CREATE TABLE notes_1 PARTITION OF notes FOR VALUES FROM (0) TO (100)",
                "CREATE TABLE notes_2 PARTITION OF notes FOR VALUES FROM (100) TO (1000)",
                """
                INSERT INTO notes SELECT g, 'QzWx' || 'Canary' || g, repeat('QzWx' || 'Canary ', 4)
                  FROM generate_series(1, 500) g""",
                "ANALYZE notes");
        life = Life.of(database, PLAN.substring(0, PLAN.indexOf("    dispositions")))
                .batchesOf(250)
                .toContracted();
        String one = file("notes_1");
        String two = file("notes_2");
        assertThat(kinds()).contains(FileKind.HEAP, FileKind.STATISTICS);
        assertThat(purge(PurgeTerms.usual()).passed()).isTrue();
        assertThat(file("notes_1")).isNotEqualTo(one);
        assertThat(file("notes_2")).isNotEqualTo(two);
        assertThat(kinds()).doesNotContain(FileKind.HEAP, FileKind.TOAST, FileKind.STATISTICS);
    }

    @Test
    void callsResidualWhatARoleMayNotRewrite() throws Exception {
        life.toContracted();
        database.execute(
                "CREATE ROLE keeper LOGIN",
                "ALTER TABLE notes OWNER TO keeper",
                "GRANT USAGE ON SCHEMA sealway TO keeper",
                "GRANT ALL ON ALL TABLES IN SCHEMA sealway TO keeper",
                "GRANT ALL ON ALL SEQUENCES IN SCHEMA sealway TO keeper");
        PGSimpleDataSource keeper = new PGSimpleDataSource();
        keeper.setURL(database.bareJdbcUrl());
        keeper.setUser("keeper");
        life.through(keeper);
        PurgeReport report = purge(WITH_WAL);
        assertThat(outcomes(report))
                .containsExactly(PurgeStep.Outcome.REWRITTEN, PurgeStep.Outcome.RESIDUAL, PurgeStep.Outcome.RESIDUAL);
        assertThat(report.passed()).isTrue();
        assertThat(places(State.PRESENT))
                .contains("statistics", "write-ahead log")
                .doesNotContain("pages");
    }

    @Test
    void takesARewriteOfSomebodyElsesForOneButNotItsDate() throws Exception {
        life.toContracted();
        database.execute("VACUUM FULL notes", "VACUUM FULL pg_statistic", "VACUUM FULL pg_statistic_ext_data");
        assertThat(places(State.CLEAN)).contains("pages", "statistics");
        assertThat(places(State.PRESENT)).contains("write-ahead log");
        assertThat(outcomes(purge(PurgeTerms.usual())).get(0)).isEqualTo(PurgeStep.Outcome.ALREADY);
    }

    @Test
    @DisplayName("T75 dead rows of a table in place are purged, too")
    void purgesATableInPlace() throws Exception {
        database.execute("DROP INDEX notes_word", "DROP STATISTICS notes_stat");
        InPlaceLife inPlace = InPlaceLife.of(database, """
                tables:
                  public.notes:
                    mode: in-place
                    cipher: transit
                    columns: { word: {}, body: {} }
                """);
        inPlace.expand();
        inPlace.backfill();
        assertThatThrownBy(() -> inPlace.workflow().purge(Selection.ALL, PurgeTerms.usual()))
                .hasMessageContaining("sealway verify");
        assertThat(inPlace.verify().passed()).isTrue();
        assertThat(kinds()).contains(FileKind.HEAP, FileKind.TOAST);
        assertThat(inPlace.workflow().purge(Selection.ALL, PurgeTerms.usual()).passed())
                .isTrue();
        assertThat(kinds()).doesNotContain(FileKind.HEAP, FileKind.TOAST, FileKind.INDEX, FileKind.STATISTICS);
        assertThat(outcomes(inPlace.workflow().purge(Selection.ALL, PurgeTerms.usual())))
                .containsOnly(PurgeStep.Outcome.ALREADY);
    }

    private PurgeReport purge(PurgeTerms terms) {
        return life.sealway().purge(Selection.ALL, terms);
    }

    private Workflow impatient() {
        return Workflows.of(
                life,
                (cipher, keyset) -> {
                    throw new AssertionError("a purge needs no key");
                },
                Progress.NONE,
                WalkListener.NONE);
    }

    private static List<PurgeStep.Outcome> outcomes(PurgeReport report) {
        return report.steps().stream().map(PurgeStep::outcome).toList();
    }

    private Set<String> places(State state) {
        return life.sealway().residue(Selection.ALL).traces().stream()
                .filter(t -> t.state() == state)
                .map(Trace::place)
                .collect(Collectors.toSet());
    }

    private Set<FileKind> kinds() throws SQLException {
        return search().stream().map(DiskFinding::kind).collect(Collectors.toSet());
    }

    private List<DiskFinding> search() throws SQLException {
        database.execute("CHECKPOINT");
        Sealway sealway = life.sealway();
        return sealway.searchFiles(server.dataDirectory(), Canaries.of(List.of(CANARY)))
                .findings();
    }

    private String files() throws SQLException {
        return file("notes");
    }

    private String file(String table) throws SQLException {
        return String.valueOf(database.value("SELECT pg_relation_filepath('%s')".formatted(table)));
    }
}
