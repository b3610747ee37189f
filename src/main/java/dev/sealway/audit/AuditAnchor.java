package dev.sealway.audit;

import dev.sealway.error.SealwayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that keeps heads of an audit trail out of the database's reach, one line each: {@code audit head seq=12 hash=…}.
 *
 * <p>The log of a job will do as well: what else stands on a line, and lines that name no head, are passed over.
 */
public final class AuditAnchor {

    private static final Pattern HEAD = Pattern.compile("audit head seq=(\\d{1,18}) hash=([0-9a-f]{64})(?![0-9a-f])");
    private static final String SIGN = "audit head seq=";

    private final Path file;

    public AuditAnchor(Path file) {
        this.file = file;
    }

    /**
     * @throws SealwayException if the file cannot be read, names no head, or names one that is not whole
     */
    public List<AuditHead> heads() {
        try {
            List<AuditHead> heads = new ArrayList<>();
            int number = 0;
            for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n", -1)) {
                number++;
                read(line, number, heads);
            }
            if (heads.isEmpty()) {
                throw SealwayException.wrongUsage(
                        "%s names no audit head; give a file with lines as 'audit head seq=12 hash=…'".formatted(file));
            }
            return heads;
        } catch (IOException e) {
            throw SealwayException.wrongUsage(
                    "%s cannot be read (%s)".formatted(file, e.getClass().getSimpleName()));
        }
    }

    private void read(String line, int number, List<AuditHead> heads) {
        Matcher found = HEAD.matcher(line);
        boolean any = false;
        while (found.find()) {
            heads.add(new AuditHead(Long.parseLong(found.group(1)), found.group(2)));
            any = true;
        }
        if (!any && line.contains(SIGN)) {
            throw SealwayException.refused(
                    "%s, line %d: this audit head is not whole, so what it knew cannot be compared"
                            .formatted(file, number));
        }
    }

    /**
     * Adds a line at the end, and has it on disk when this returns.
     *
     * @throws SealwayException if that fails
     */
    public void append(AuditHead head) {
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer line = StandardCharsets.UTF_8.encode(head + "\n");
            while (line.hasRemaining()) {
                out.write(line);
            }
            out.force(true);
        } catch (IOException e) {
            throw SealwayException.failed("the audit head could not be kept in %s (%s); keep it elsewhere: %s"
                    .formatted(file, e.getClass().getSimpleName(), head));
        }
    }
}
