package dev.sealway.backup;

import dev.sealway.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes the records of a backup; its buffer is zeroed when it is closed. Not thread-safe. */
final class FrameWriter implements AutoCloseable {

    private final OutputStream out;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

    FrameWriter(OutputStream out) {
        this.out = out;
    }

    void description(BackupDescription backup) throws IOException {
        text(Frame.DESCRIPTION, Json.compact(backup.members()));
    }

    void row(byte[] @Nullable [] fields) throws IOException {
        room(1).put(Frame.ROW.mark());
        for (byte[] field : fields) {
            room(Integer.BYTES).putInt(field == null ? -1 : field.length);
            if (field != null) {
                bytes(field);
            }
        }
    }

    void totals(BackupTotals totals) throws IOException {
        text(Frame.TOTALS, Json.compact(totals.members()));
    }

    private void text(Frame kind, String json) throws IOException {
        byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
        room(1 + Integer.BYTES).put(kind.mark()).putInt(utf8.length);
        bytes(utf8);
    }

    /** What is longer than the buffer goes past it. */
    private void bytes(byte[] bytes) throws IOException {
        if (bytes.length > buffer.capacity()) {
            flush();
            out.write(bytes);
        } else {
            room(bytes.length).put(bytes);
        }
    }

    private ByteBuffer room(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    /** Makes the stream whole: without this it is none. */
    void finish() throws IOException {
        flush();
        out.close();
    }

    private void flush() throws IOException {
        out.write(buffer.array(), 0, buffer.position());
        buffer.clear();
    }

    @Override
    public void close() {
        Arrays.fill(buffer.array(), (byte) 0);
    }
}
