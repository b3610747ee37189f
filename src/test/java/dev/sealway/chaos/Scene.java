package dev.sealway.chaos;

import dev.sealway.Sealway;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import dev.sealway.workflow.SealedField;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database of its own with the table {@code people}, of which copies can be made as of any time. */
final class Scene implements AutoCloseable {

    /** Short, because who is broken off leaves it behind, and the next run waits for its end. */
    private static final Duration LEASE = Duration.ofSeconds(1);

    static final String PLAN = """
            tables:
              public.people:
                columns:
                  email: { search: { normalizer: email, unique: carry, accept-leakage: "test" } }
                  name: {}
            """;

    /** Names the sessions of Sealway, for whoever wants to end them. */
    static final String SEALWAY = "sealway-chaos";

    /** Sealway would see that this is another database, and wants everything verified there again. */
    private static final String MOVE_IN = """
            DO $$ BEGIN
              IF to_regclass('sealway.sealed_table') IS NOT NULL THEN
                UPDATE sealway.sealed_table SET home = (
                  SELECT format('%s/%s', s.system_identifier, d.oid) FROM pg_control_system() s, pg_database d
                   WHERE d.datname = current_database());
              END IF;
            END $$""";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final PGSimpleDataSource admin;
    private final String name;
    private final Map<Long, Person> people;

    private Scene(PGSimpleDataSource admin, String name, Map<Long, Person> people) {
        this.admin = admin;
        this.name = name;
        this.people = people;
    }

    /** @param url of a superuser, with the login */
    static Scene create(String url, int rows) throws SQLException {
        PGSimpleDataSource admin = new PGSimpleDataSource();
        admin.setURL(url);
        Map<Long, Person> people = new ConcurrentHashMap<>();
        Scene scene = new Scene(admin, nextName(), people);
        scene.onServer("CREATE DATABASE %s".formatted(scene.name));
        scene.execute("""
                CREATE TABLE people (id bigint PRIMARY KEY, email text UNIQUE, name text NOT NULL,
                  v bigint NOT NULL DEFAULT 0)""", """
                CREATE TABLE visit (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                  person bigint NOT NULL REFERENCES people ON DELETE CASCADE)""", """
                INSERT INTO people
                SELECT g, CASE WHEN g %% 11 > 0 THEN '%1$s-first-' || g || '@example.org' END, '%1$s first ' || g
                  FROM generate_series(1, %2$d) g""".formatted(Person.CANARY, rows));
        for (long id = 1; id <= rows; id++) {
            String email = "%s-first-%d@example.org".formatted(Person.CANARY, id);
            people.put(
                    id,
                    new Person(
                            Optional.of(email).filter(e -> !isEleventh(e)),
                            "%s first %d".formatted(Person.CANARY, id),
                            0));
        }
        return scene;
    }

    private static boolean isEleventh(String email) {
        return Long.parseLong(email.replaceAll("^.*-|@.*$", "")) % 11 == 0;
    }

    private static String nextName() {
        return "sealway_chaos_%d_%d".formatted(ProcessHandle.current().pid(), NUMBER.incrementAndGet());
    }

    /** The same data and the same memory of it; nobody may be connected to this one. */
    Scene copy() throws SQLException {
        Scene copy = new Scene(admin, nextName(), new ConcurrentHashMap<>(people));
        onServer("CREATE DATABASE %s TEMPLATE %s".formatted(copy.name, name));
        copy.execute(MOVE_IN);
        return copy;
    }

    /** What every row must say; applications change it as they write. */
    Map<Long, Person> people() {
        return people;
    }

    /** @param application as whom its sessions show up */
    PGSimpleDataSource source(String application) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(admin.getURL());
        source.setUser(admin.getUser());
        source.setPassword(admin.getPassword());
        source.setDatabaseName(name);
        source.setApplicationName(application);
        return source;
    }

    Connection connect() throws SQLException {
        return source("sealway-test").getConnection();
    }

    void execute(String... sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            for (String text : sql) {
                statement.execute(text);
            }
        }
    }

    Sealway sealway(DataSource sessions) {
        return sealway(sessions, Progress.NONE);
    }

    static Sealway sealway(DataSource sessions, Progress progress) {
        return Sealway.plan(Life.plan(PLAN))
                .environment(Map.of("SEALWAY_KEYS", Keys.BUNDLE))
                .progress(progress)
                .batchSize(Settings.BATCH)
                .lease(LEASE)
                .on(sessions);
    }

    /** For an application; what it asks of the ledger goes over undisturbed sessions. */
    SealedField field(String column) {
        return sealway(source("sealway-field")).column("people." + column);
    }

    private void onServer(String sql) throws SQLException {
        try (var connection = admin.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        onServer("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name));
    }
}
