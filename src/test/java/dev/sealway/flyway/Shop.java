package dev.sealway.flyway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sealway.crypto.tink.Algorithm;
import dev.sealway.crypto.tink.GeneratedBundle;
import dev.sealway.keys.KeyRef;
import dev.sealway.keys.file.FileKeyProvider;
import dev.sealway.plan.ConfirmationPhrase;
import dev.sealway.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.LoggerFactory;

/** A small project with a plan, a key bundle and a first SQL migration, on a database of its own. */
final class Shop {
    static final int CUSTOMERS = 60;

    private static final String PLAN = """
            sealway: 1
            name: shop
            keys: { provider: file, ref: %s }
            defaults: { batch-size: 10 }
            tables:
              public.customer:
                columns:
                  email: { search: { normalizer: email } }
                  phone: { search: { normalizer: e164 } }
            """;
    private static final String SECOND_CHANGE = """
                  note: { change: 2 }
            """;

    private final Path project;
    private final TestDatabase database;
    private final Map<String, String> placeholders = new HashMap<>(Map.of("sealway.offlineCopy", "paper in the safe"));
    private final Map<String, String> settings = new HashMap<>(Map.of("flyway.postgresql.transactional.lock", "false"));

    Shop(Path project, TestDatabase database) throws IOException {
        this.project = project;
        this.database = database;
        Path keys = project.resolve("keys.json");
        try (GeneratedBundle bundle = GeneratedBundle.generate("shop", Algorithm.AES256_GCM)) {
            new FileKeyProvider().create(new KeyRef(keys.toString(), Map.of()), bundle.material());
        }
        write("db/sealway.yaml", PLAN.formatted(keys));
        write("db/migration/V1__Shop.sql", """
                CREATE TABLE public.customer (id bigint PRIMARY KEY, email text NOT NULL, phone text, note text);
                INSERT INTO public.customer
                SELECT n, format('c%%s@example.org', n), format('+49 30 %%s', 100000 + n), format('note %%s', n)
                  FROM generate_series(1, %d) n;
                """.formatted(CUSTOMERS));
    }

    Path write(String file, String text) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    String plan() throws IOException {
        return Files.readString(project.resolve("db/sealway.yaml"));
    }

    /** The plan's second change. */
    void grow() throws IOException {
        write("db/sealway.yaml", plan() + SECOND_CHANGE);
    }

    Shop placeholder(String key, String value) {
        placeholders.put(key, value);
        return this;
    }

    Shop forget(String key) {
        placeholders.remove(key);
        return this;
    }

    Shop setting(String key, String value) {
        settings.put(key, value);
        return this;
    }

    FluentConfiguration flyway() {
        return flyway(getClass().getClassLoader());
    }

    FluentConfiguration flyway(ClassLoader loader) {
        return Flyway.configure(loader)
                .dataSource(database.dataSource())
                .configuration(settings)
                .placeholders(placeholders)
                .failOnMissingLocations(true)
                .locations("filesystem:" + project.resolve("db/migration"));
    }

    /** {@code 2} for a version, {@code Drop plaintext columns} for a repeatable; with a minus if it failed. */
    List<String> history() throws SQLException {
        return database.rows("""
                        SELECT CASE WHEN success THEN '' ELSE '-' END || coalesce(version, description)
                          FROM public.flyway_schema_history ORDER BY installed_rank""").stream().map(row -> row.get(0)).toList();
    }

    List<String> columns() throws SQLException {
        return database.rows("""
                        SELECT attname FROM pg_attribute
                         WHERE attrelid = 'public.customer'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY 1""").stream().map(row -> row.get(0)).toList();
    }

    List<String> tables() throws SQLException {
        return database.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").stream()
                .map(row -> row.get(0))
                .toList();
    }

    static String phrase(String... columns) {
        return ConfirmationPhrase.of(
                        "shop",
                        Arrays.stream(columns).map(c -> "public.customer." + c).toList())
                .text();
    }

    /** What Flyway's log says while {@code work} runs. */
    static List<String> told(Runnable work) {
        Logger logger = (Logger) LoggerFactory.getLogger(SealwayMigration.class);
        Level before = logger.getLevel();
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        logger.setLevel(Level.INFO);
        try {
            work.run();
        } finally {
            logger.setLevel(before);
            logger.detachAppender(appender);
        }
        return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
