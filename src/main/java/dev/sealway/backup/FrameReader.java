package dev.sealway.backup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the records of a backup; its buffer is zeroed when it is closed. Not thread-safe. */
final class FrameReader implements AutoCloseable {

    /** PostgreSQL has no value of a gigabyte or more. */
    private static final int LONGEST = 1 << 30;

    private final InputStream in;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).limit(0);

    FrameReader(InputStream in) {
        this.in = in;
    }

    BackupDescription description() throws IOException {
        expect(Frame.DESCRIPTION, next());
        return parsed(BackupDescription::of);
    }

    /** @return whether there was another row; if not, {@link #totals} follows */
    boolean row(byte[] @Nullable [] fields) throws IOException {
        byte kind = next();
        if (kind != Frame.ROW.mark()) {
            expect(Frame.TOTALS, kind);
            return false;
        }
        for (int f = 0; f < fields.length; f++) {
            int length = number();
            fields[f] = length == -1 ? null : bytes(length);
        }
        return true;
    }

    /** Reads to the end of the stream: only now it is known to be whole. */
    BackupTotals totals() throws IOException {
        BackupTotals totals = parsed(BackupTotals::of);
        if (buffer.hasRemaining() || in.read() >= 0) {
            throw new IOException("something follows the totals");
        }
        return totals;
    }

    private <T> T parsed(Function<Members, T> reader) throws IOException {
        String json = new String(bytes(number()), StandardCharsets.UTF_8);
        try {
            return reader.apply(Members.parse(json));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("a record is not as it should be", e);
        }
    }

    private static void expect(Frame kind, byte mark) throws IOException {
        if (kind.mark() != mark) {
            throw new IOException("record %s is not where it should be".formatted(kind));
        }
    }

    private byte next() throws IOException {
        fill(1);
        return buffer.get();
    }

    private int number() throws IOException {
        fill(Integer.BYTES);
        return buffer.getInt();
    }

    private byte[] bytes(int length) throws IOException {
        if (length < 0 || length > LONGEST) {
            throw new IOException("a length is out of range");
        }
        byte[] bytes = new byte[length];
        int buffered = Math.min(length, buffer.remaining());
        buffer.get(bytes, 0, buffered);
        if (in.readNBytes(bytes, buffered, length - buffered) < length - buffered) {
            throw new EOFException("within a field");
        }
        return bytes;
    }

    private void fill(int wanted) throws IOException {
        while (buffer.remaining() < wanted) {
            buffer.compact();
            int read = in.read(buffer.array(), buffer.position(), buffer.remaining());
            buffer.position(buffer.position() + Math.max(0, read)).flip();
            if (read < 0) {
                throw new EOFException("before the totals");
            }
        }
    }

    @Override
    public void close() {
        Arrays.fill(buffer.array(), (byte) 0);
    }
}
