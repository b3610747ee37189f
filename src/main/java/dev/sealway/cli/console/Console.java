package dev.sealway.cli.console;

import dev.sealway.audit.AuditHead;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a command speaks: results go to the standard output, progress and errors to the standard error. Thread-safe.
 */
public final class Console {
    private static final String ERASE_LINE = "\r\u001b[K";
    private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J\u001b[3J";

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final boolean colour;
    private volatile Supplier<Optional<AuditHead>> auditHead = Optional::empty;

    /**
     * @param terminal whether a person watches, so that a line may be overwritten
     * @param colour whether escape sequences of ANSI may colour the text
     */
    public Console(PrintStream out, PrintStream err, boolean terminal, boolean colour) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.colour = colour;
    }

    /** The process's own streams, in UTF-8; colours only on a terminal, and not where {@code NO_COLOR} is set. */
    public static Console system(Map<String, String> environment) {
        boolean terminal = System.console() != null && !"dumb".equals(environment.get("TERM"));
        boolean colour = terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Console(stream(FileDescriptor.out), stream(FileDescriptor.err), terminal, colour);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** The same, with everything for people on the standard error: the standard output is for one document. */
    public Console besideADocument() {
        return new Console(err, err, terminal, colour);
    }

    /** Gives what {@link #auditHead} is to tell. */
    public void tellsOf(Supplier<Optional<AuditHead>> head) {
        auditHead = head;
    }

    /** The newest entry of the audit trail that the command wrote, to be told at its end; empty if it wrote none. */
    public Optional<AuditHead> auditHead() {
        return auditHead.get();
    }

    public boolean isTerminal() {
        return terminal;
    }

    public boolean isColoured() {
        return colour;
    }

    public void line(String text) {
        write(out, text);
    }

    public void lines(Iterable<String> texts) {
        texts.forEach(this::line);
    }

    public void heading(String text) {
        write(out, "\n" + styled("1", text));
    }

    /** A step that is done. */
    public void done(String text) {
        write(out, styled("32", "✓") + " " + text);
    }

    public void notice(String text) {
        write(out, styled("33", "!") + " " + text);
    }

    public void error(String text) {
        write(err, styled("31", "error:") + " " + text);
    }

    public void progress(String text) {
        write(err, text);
    }

    /** Empties the screen where there is one. */
    public void clear() {
        if (terminal) {
            out.print(CLEAR_SCREEN);
            out.flush();
        }
    }

    /** The standard output for a document that is bytes. */
    public PrintStream document() {
        return out;
    }

    /** The standard output for a writer of texts, such as a command's help. */
    public PrintWriter documentWriter() {
        return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }

    /** The standard error for a writer of texts. */
    public PrintWriter errorWriter() {
        return new PrintWriter(err, true, StandardCharsets.UTF_8);
    }

    /** For a progress bar, which overwrites its own line. */
    PrintStream progressStream() {
        return err;
    }

    private String styled(String code, String text) {
        return colour ? "\u001b[%sm%s\u001b[0m".formatted(code, text) : text;
    }

    /** A line that appears while a progress bar stands on the terminal takes the bar's place. */
    private synchronized void write(PrintStream stream, String text) {
        stream.print((terminal ? ERASE_LINE : "") + text + "\n");
        stream.flush();
    }
}
