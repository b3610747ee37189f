package dev.sealway.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.sealway.error.SealwayException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/**
 * Everything that somebody beside the program gets to see of a run: exceptions, reports, progress, the log at its most
 * talkative, the tables of schema {@code sealway}.
 */
public final class Overheard implements AutoCloseable {

    private final List<String> texts = Collections.synchronizedList(new ArrayList<>());
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level level = root.getLevel();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            texts.add(event.getFormattedMessage());
        }
    };

    public Overheard() {
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.setLevel(Level.DEBUG);
        root.addAppender(appender);
    }

    public void hear(Object said) {
        texts.add(String.valueOf(said));
    }

    /** Runs what has to fail, hears the whole exception, and gives it. */
    public SealwayException failure(Runnable work) {
        try {
            work.run();
        } catch (SealwayException e) {
            StringWriter whole = new StringWriter();
            e.printStackTrace(new PrintWriter(whole));
            texts.add(whole.toString());
            if (e.getCause() != null || e.getSuppressed().length > 0) {
                throw new AssertionError("carries another exception along: " + whole);
            }
            return e;
        }
        throw new AssertionError("should have failed");
    }

    /** What the ledger remembers by now. */
    public void hearLedger(TestDatabase database) throws SQLException {
        for (List<String> table : database.rows(
                "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'sealway'")) {
            database.rows("SELECT t::text FROM %s t".formatted(table.get(0))).forEach(row -> texts.add(row.get(0)));
        }
    }

    /** What was heard that quotes {@code secret}, in clear or in hex, in letters of any case. */
    public List<String> quoting(String secret) {
        String clear = secret.toLowerCase(Locale.ROOT);
        String hex = HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8));
        return List.copyOf(texts).stream()
                .filter(t -> t.toLowerCase(Locale.ROOT).contains(clear) || t.contains(hex))
                .toList();
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        root.setLevel(level);
    }
}
