package dev.sealway.chaos;

import dev.sealway.Sealway;
import dev.sealway.progress.Progress;
import dev.sealway.workflow.SealedField;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database of its own with the table {@code people}, in which a stretch of a migration's life is played. */
final class Scene implements AutoCloseable {

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

    private static final int LOOKS = 2_400;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Place place;
    private final Map<Long, Person> people;

    Scene(Place place, Map<Long, Person> people) {
        this.place = place;
        this.people = people;
    }

    /**
     * Where a scene is set, each time under the same name: a backup belongs to it.
     *
     * @param admin a superuser, with the login
     * @param name of the database
     */
    record Place(PGSimpleDataSource admin, String name, Sealing sealing) {

        Folder folder() {
            return Folder.of(name);
        }

        void onServer(String sql) throws SQLException {
            try (var connection = admin.getConnection();
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    /** @param url of a superuser, with the login */
    static Scene create(String url, int rows) throws SQLException {
        return create(url, rows, Sealing.HERE);
    }

    static Scene create(String url, int rows, Sealing sealing) throws SQLException {
        PGSimpleDataSource admin = new PGSimpleDataSource();
        admin.setURL(url);
        Map<Long, Person> people = new ConcurrentHashMap<>();
        Scene scene = new Scene(new Place(admin, nextName(), sealing), people);
        scene.place.onServer("CREATE DATABASE %s".formatted(scene.place.name()));
        scene.execute("""
                CREATE TABLE people (id bigint PRIMARY KEY, email text UNIQUE, name text NOT NULL,
                  v bigint NOT NULL DEFAULT 0)""", """
                CREATE TABLE visit (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                  person bigint NOT NULL REFERENCES people ON DELETE CASCADE)""", """
                INSERT INTO people
                SELECT g, CASE WHEN g %% 11 > 0 THEN '%1$s-first-' || g || '@example.org' END, '%1$s first ' || g
                  FROM generate_series(1, %2$d) g""".formatted(Person.CANARY, rows));
        for (long id = 1; id <= rows; id++) {
            Optional<String> email = id % 11 > 0
                    ? Optional.of("%s-first-%d@example.org".formatted(Person.CANARY, id))
                    : Optional.empty();
            people.put(id, new Person(email, "%s first %d".formatted(Person.CANARY, id), 0));
        }
        return scene;
    }

    private static String nextName() {
        return "sealway_chaos_%d_%d".formatted(ProcessHandle.current().pid(), NUMBER.incrementAndGet());
    }

    /** What is now, for later; nobody may be connected. */
    Snapshot save() throws SQLException {
        String name = "%s_%d".formatted(place.name(), NUMBER.incrementAndGet());
        place.onServer("CREATE DATABASE %s TEMPLATE %s".formatted(name, place.name()));
        place.folder().replace(Folder.of(name));
        return new Snapshot(place, name, people);
    }

    void moveIn() throws SQLException {
        execute(MOVE_IN);
    }

    /** What every row must say; applications change it as they write. */
    Map<Long, Person> people() {
        return people;
    }

    Sealing sealing() {
        return place.sealing();
    }

    /** Where its backups are. */
    Folder folder() {
        return place.folder();
    }

    /** @param application as whom its sessions show up */
    PGSimpleDataSource source(String application) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(place.admin().getURL());
        source.setUser(place.admin().getUser());
        source.setPassword(place.admin().getPassword());
        source.setDatabaseName(place.name());
        source.setApplicationName(application);
        return source;
    }

    /** For another process. */
    String address() {
        return source(SEALWAY).getURL() + "&user=postgres";
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

    /** The first column of the first row. */
    String value(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Waits until a run has begun. */
    void awaitRun() throws SQLException, InterruptedException {
        await("SELECT count(*) FROM sealway.lease WHERE released_at IS NULL", "1");
    }

    /** Waits until a question is answered like that. */
    void await(String sql, String answer) throws SQLException, InterruptedException {
        for (int look = 0; !value(sql).equals(answer); look++) {
            if (look == LOOKS) {
                throw new AssertionError("it did not come to pass that %s is %s".formatted(sql, answer));
            }
            Thread.sleep(25);
        }
    }

    /** As a process of Sealway with sessions of its own. */
    Sealway sealway() {
        return sealway(source(SEALWAY));
    }

    Sealway sealway(DataSource sessions) {
        return sealing().sealway(sessions, Progress.NONE);
    }

    /** For an application; what it asks of the ledger goes over undisturbed sessions. */
    SealedField field(String column) {
        return sealway(source("sealway-field")).column("people." + column);
    }

    @Override
    public void close() throws SQLException {
        place.onServer("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(place.name()));
        folder().clear();
    }
}
