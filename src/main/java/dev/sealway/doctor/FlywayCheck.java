package dev.sealway.doctor;

import dev.sealway.doctor.Finding.Group;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where Flyway migrates this database, whether its lock is told to be a session's: with the default it stays in a transaction
 * during a whole migration, and {@code CREATE INDEX CONCURRENTLY} waits for that for ever.
 */
public final class FlywayCheck {

    private static final Sql USED = Sql.of("""
            SELECT EXISTS (SELECT FROM pg_catalog.pg_class WHERE relname = 'flyway_schema_history' AND relkind = 'r')""");
    private static final Sql HELD = Sql.of("""
            SELECT EXISTS (SELECT FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
                            WHERE l.locktype = 'advisory' AND l.granted AND a.datname = pg_catalog.current_database()
                              AND a.application_name NOT LIKE 'sealway%' AND a.state LIKE 'idle in transaction%'
                              AND a.backend_xmin IS NOT NULL)""");

    private static final List<String> FILES = List.of(
            "pom.xml",
            "build.gradle",
            "build.gradle.kts",
            "flyway.conf",
            "flyway.toml",
            "conf/flyway.conf",
            "src/main/resources/application.properties",
            "src/main/resources/application.yml",
            "src/main/resources/application.yaml");

    /** In XML, properties, YAML, TOML and Java alike. */
    private static final Pattern TURNED_OFF =
            Pattern.compile("transactional[.\\-_]?lock\\W{1,8}false", Pattern.CASE_INSENSITIVE);

    private FlywayCheck() {}

    /** @param project where Flyway's configuration may lie */
    public static List<Finding> of(Transaction tx, Path project) {
        if (tx.isTrue(HELD)) {
            return List.of(Finding.refusal(
                    Group.FLYWAY,
                    "a session holds an advisory lock in an open transaction, as Flyway does by default",
                    "CREATE INDEX CONCURRENTLY would wait for it for ever",
                    "flyway.postgresql.transactional.lock=false"));
        }
        if (!tx.isTrue(USED)) {
            return List.of(Finding.ok(Group.FLYWAY, "Flyway has no history in this database"));
        }
        return List.of(FILES.stream()
                .map(project::resolve)
                .filter(FlywayCheck::turnsOff)
                .findFirst()
                .map(file -> Finding.ok(
                        Group.FLYWAY, "%s sets the lock's transaction off".formatted(project.relativize(file))))
                .orElseGet(() -> Finding.warning(
                        Group.FLYWAY,
                        "Flyway migrates this database, and no file here sets flyway.postgresql.transactional.lock=false",
                        "with the default a migration that builds an index is refused",
                        "set flyway.postgresql.transactional.lock to false; see docs/how-to/flyway.md")));
    }

    private static boolean turnsOff(Path file) {
        try {
            return Files.isRegularFile(file)
                    && TURNED_OFF.matcher(Files.readString(file)).find();
        } catch (IOException e) {
            return false;
        }
    }
}
