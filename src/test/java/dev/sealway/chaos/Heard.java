package dev.sealway.chaos;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * Listens to everything that somebody beside the program gets to see, and keeps what quotes a value or a key: reports,
 * exceptions with all they hang on to, what processes print, the log, the tables of schema {@code sealway}. Thread-safe.
 */
final class Heard implements AutoCloseable {

    private static final Set<String> SECRETS = secrets();

    private final Queue<String> quoting = new ConcurrentLinkedQueue<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            hear("the log", event.getFormattedMessage());
        }
    };

    Heard() {
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
    }

    /** The beginning of every value, and the material of every key less its first bytes, which only say how long it is. */
    private static Set<String> secrets() {
        Set<String> secrets = Pattern.compile("\"value\\\\?\"\\s*:\\s*\\\\?\"([A-Za-z0-9+/=]{16,})")
                .matcher(Keys.BUNDLE)
                .results()
                .map(found -> found.group(1).substring(6))
                .collect(Collectors.toSet());
        if (secrets.size() < 5) {
            throw new IllegalStateException("the bundle has %d keys".formatted(secrets.size()));
        }
        secrets.add(HexFormat.of().formatHex(Person.CANARY.getBytes(StandardCharsets.UTF_8)));
        return secrets;
    }

    void hear(String where, String text) {
        if (text.toLowerCase(Locale.ROOT).contains(Person.CANARY)
                || SECRETS.stream().anyMatch(text::contains)) {
            quoting.add(where);
        }
    }

    void hear(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        hear("an exception", trace.toString());
    }

    /** What the ledger remembers by now. */
    void hearLedger(Scene scene) throws SQLException {
        try (var connection = scene.connect();
                var statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (var rows = statement.executeQuery(
                    "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'sealway'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                try (var rows = statement.executeQuery("SELECT t::text FROM %s t".formatted(table))) {
                    while (rows.next()) {
                        hear(table, rows.getString(1));
                    }
                }
            }
        }
    }

    /** Where a value or a key was quoted. */
    List<String> quoting() {
        return List.copyOf(quoting);
    }

    @Override
    public void close() {
        root.detachAppender(appender);
    }
}
