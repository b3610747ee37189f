package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.doctor.Finding;
import dev.sealway.doctor.Finding.Group;
import dev.sealway.doctor.Finding.Severity;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.OwnServer;
import dev.sealway.testing.TestDatabase;
import dev.sealway.workflow.DoctorReport;
import dev.sealway.workflow.DoctorTerms;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What is looked at before a run: on a server of its own, whose settings and roles are changed. */
@Tag("slow")
class DoctorTest {

    private static final String PLAN = """
            tables:
              public.users:
                columns:
                  email: { search: { normalizer: email, accept-leakage: "few rows" } }
            """;

    @TempDir
    private static Path directory;

    private static OwnServer server;

    @TempDir
    private Path project;

    private TestDatabase database;
    private Life life;

    @BeforeAll
    static void start() throws Exception {
        server = OwnServer.start(
                directory, Map.of("autovacuum", "on", "wal_level", "logical", "max_prepared_transactions", "5"));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void fillATable() throws Exception {
        database = server.database();
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, email text)",
                "INSERT INTO users SELECT g, 'a' || g || '@example.com' FROM generate_series(1, 50) g",
                "ANALYZE users");
        life = Life.of(database, PLAN);
    }

    @AfterEach
    void clean() throws Exception {
        database.execute(
                "ALTER SYSTEM RESET ALL",
                "SELECT pg_reload_conf()",
                "DROP TABLE IF EXISTS users, flyway_schema_history",
                "DROP PUBLICATION IF EXISTS everything",
                "DROP SCHEMA IF EXISTS sealway CASCADE");
    }

    @Test
    void findsNothingToRefuseOnAnOrdinaryServer() {
        DoctorReport report = examine();
        assertThat(report.passed(false)).isTrue();
        assertThat(report.findings()).extracting(Finding::group).contains(Group.values());
        assertThat(what(report, Group.KEYS)).anyMatch(w -> w.contains("key bundle test is reached"));
        assertThat(report.findings())
                .allSatisfy(f -> assertThat(f.mend().isEmpty()).as(f.what()).isEqualTo(f.severity() == Severity.OK));
    }

    @Test
    @DisplayName("T82 a server that logs every statement is refused, unless that is allowed")
    void refusesAServerThatLogsStatements() throws Exception {
        set("log_statement", "all");
        assertThat(examine().passed(false)).isFalse();
        assertThat(refusals(examine())).containsExactly("log_statement = all");
        DoctorReport allowed = life.sealway().doctor(Selection.ALL, terms(Clock.systemUTC(), true));
        assertThat(allowed.passed(false)).isTrue();
        assertThat(allowed.passed(true)).isFalse();

        life.expand();
        assertThat(life.told()).anyMatch(t -> t.startsWith("log_statement = all: every value that an application"));
    }

    @Test
    void tellsWhatElseWritesValuesIntoTheLog() throws Exception {
        set("log_min_duration_statement", "0");
        assertThat(refusals(examine())).containsExactly("log_min_duration_statement = 0");
        set("log_parameter_max_length", "0");
        assertThat(refusals(examine())).isEmpty();
        set("log_parameter_max_length_on_error", "-1");
        assertThat(warnings(examine())).contains("log_parameter_max_length_on_error = -1");
        database.execute("ALTER DATABASE %s SET log_statement = 'mod'".formatted(database.name()));
        assertThat(warnings(examine())).anyMatch(w -> w.contains("has log_statement=mod in " + database.name()));
        database.execute("ALTER DATABASE %s RESET log_statement".formatted(database.name()));
    }

    @Test
    @DisplayName("T83 a connection in simple query mode is refused")
    void refusesSimpleQueryMode() throws Exception {
        PGSimpleDataSource simple = source();
        simple.setProperty("preferQueryMode", "simple");
        assertThatThrownBy(() -> life.through(simple).sealway().doctor(Selection.ALL, terms()))
                .hasMessageContaining("preferQueryMode=simple");
    }

    @Test
    void noticesAPoolerThatSharesConnections() throws Exception {
        try (Connection only = database.connect()) {
            PGSimpleDataSource shared = new Shared(only);
            assertThat(refusals(life.through(shared).sealway().doctor(Selection.ALL, terms())))
                    .contains("a pooler in transaction mode stands before the server");
        }
    }

    @Test
    @DisplayName("T64 a table in a publication is told, with the order of subscribers")
    void advisesTheOrderOfSubscribers() throws Exception {
        database.execute("CREATE PUBLICATION everything FOR ALL TABLES", "ALTER TABLE users REPLICA IDENTITY FULL");
        Finding published = find(examine(), "public.users is in publication everything");
        assertThat(published.severity()).isEqualTo(Severity.WARNING);
        assertThat(published.mend()).startsWith("first add the columns on every subscriber");
        assertThat(warnings(examine())).contains("public.users has REPLICA IDENTITY FULL");
    }

    @Test
    @DisplayName("T65 Flyway's transactional lock is told by the files of a project")
    void readsWhatFlywayIsTold() throws Exception {
        database.execute("CREATE TABLE flyway_schema_history (id int)");
        assertThat(find(examine(), "Flyway migrates this database").mend())
                .contains("flyway.postgresql.transactional.lock");
        for (String set : List.of(
                "<flyway.postgresql.transactional.lock>false</flyway.postgresql.transactional.lock>",
                "flyway.postgresql.transactional.lock=false",
                "spring:\n  flyway:\n    postgresql:\n      transactional-lock: false")) {
            Files.writeString(project.resolve("pom.xml"), set);
            assertThat(what(examine(), Group.FLYWAY)).containsExactly("pom.xml sets the lock's transaction off");
        }
        Files.writeString(project.resolve("pom.xml"), "<flyway.postgresql.transactional.lock>true</flyway…>");
        assertThat(warnings(examine())).anyMatch(w -> w.startsWith("Flyway migrates this database"));
    }

    @Test
    void tellsOfClocksRoomAndTransactionsThatStand() throws Exception {
        DoctorReport report = life.sealway()
                .doctor(Selection.ALL, terms(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(3)), false));
        assertThat(warnings(report)).anyMatch(w -> w.startsWith("this host and the database are 1"));
        assertThat(what(report, Group.SPACE)).singleElement().asString().contains("MB are free");

        try (Connection prepared = database.connect();
                var statement = prepared.createStatement()) {
            statement.execute("BEGIN; CREATE TABLE p (id int); PREPARE TRANSACTION 'left'");
            assertThat(warnings(examine())).contains("1 prepared transactions");
            statement.execute("ROLLBACK PREPARED 'left'");
        }
    }

    @Test
    void refusesForeignKeysOfAnotherDatabase() throws Exception {
        life.expand();
        DoctorReport report = life.rekey(Life.freshKeys()).sealway().doctor(Selection.ALL, terms());
        assertThat(refusals(report)).containsExactly("the keys are not there, or not this database's");
    }

    private DoctorReport examine() {
        return life.sealway().doctor(Selection.ALL, terms());
    }

    private DoctorTerms terms() {
        return terms(Clock.systemUTC(), false);
    }

    private DoctorTerms terms(Clock clock, boolean allowLogging) {
        return new DoctorTerms(clock, project, List.of("-XX:+HeapDumpOnOutOfMemoryError"), allowLogging, false);
    }

    /** As soon as a new session has it. */
    private void set(String name, String value) throws Exception {
        database.execute("ALTER SYSTEM SET %s = '%s'".formatted(name, value), "SELECT pg_reload_conf()");
        for (int i = 0; i < 100; i++) {
            if (value.equals(database.value("SELECT setting FROM pg_settings WHERE name = '%s'".formatted(name)))) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("the server did not take over %s".formatted(name));
    }

    private PGSimpleDataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(database.jdbcUrl());
        return source;
    }

    private static List<String> what(DoctorReport report, Group group) {
        return report.findings().stream()
                .filter(f -> f.group() == group)
                .map(Finding::what)
                .toList();
    }

    private static List<String> refusals(DoctorReport report) {
        return of(report, Severity.REFUSAL);
    }

    private static List<String> warnings(DoctorReport report) {
        return of(report, Severity.WARNING);
    }

    private static List<String> of(DoctorReport report, Severity severity) {
        return report.findings().stream()
                .filter(f -> f.severity() == severity)
                .map(Finding::what)
                .toList();
    }

    private static Finding find(DoctorReport report, String beginning) {
        return report.findings().stream()
                .filter(f -> f.what().startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    /** Hands everybody the same session, as a pooler does between transactions. */
    private static final class Shared extends PGSimpleDataSource {

        private static final long serialVersionUID = 1L;

        private final transient Connection only;

        Shared(Connection only) {
            this.only = only;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return (Connection) Proxy.newProxyInstance(
                    Shared.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) ->
                            method.getName().equals("close") ? null : method.invoke(only, arguments));
        }
    }
}
