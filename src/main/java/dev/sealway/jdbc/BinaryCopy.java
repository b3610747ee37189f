package dev.sealway.jdbc;

import java.io.EOFException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

/**
 * Reads PostgreSQL's binary COPY format, as the manual's page on COPY describes it: an 11-byte signature, flags and an
 * extension, then per row a 16-bit count of fields, and per field a 32-bit length (−1 for null) and its bytes.
 */
public final class BinaryCopy {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};

    /** Takes one row at a time; the arrays are the consumer's to keep. */
    @FunctionalInterface
    public interface RowConsumer {

        /** @param fields the row's fields in binary form, null where the value is null */
        void accept(byte[] @Nullable [] fields);
    }

    private BinaryCopy() {}

    static void read(Connection connection, SqlFragment query, RowConsumer rows) throws SQLException {
        String copy = Sql.of("COPY ({query}) TO STDOUT (FORMAT binary)")
                .with("query", query)
                .sql();
        try (PGCopyInputStream stream = new PGCopyInputStream(connection.unwrap(PGConnection.class), copy)) {
            Chunks in = new Chunks(stream);
            readHeader(in);
            for (int count = in.readShort(); count >= 0; count = in.readShort()) {
                byte[][] fields = new byte[count][];
                for (int i = 0; i < count; i++) {
                    int length = in.readInt();
                    fields[i] = length < 0 ? null : in.readBytes(length);
                }
                rows.accept(fields);
            }
            in.end();
        } catch (IOException e) {
            if (e.getCause() instanceof SQLException sql) {
                throw sql;
            }
            throw new SQLException("reading a COPY stream", "08006");
        }
    }

    private static void readHeader(Chunks in) throws IOException {
        if (!Arrays.equals(in.readBytes(SIGNATURE.length), SIGNATURE)) {
            throw new IOException("not a binary COPY stream");
        }
        in.readInt();
        in.readBytes(in.readInt());
    }

    /** The messages of the stream, end to end: a row is one as a rule, which nothing promises. */
    private static final class Chunks {

        private final PGCopyInputStream stream;
        private byte[] chunk = {};
        private int at;

        Chunks(PGCopyInputStream stream) {
            this.stream = stream;
        }

        int readShort() throws IOException {
            return (short) (nextByte() << 8 | nextByte());
        }

        int readInt() throws IOException {
            return nextByte() << 24 | nextByte() << 16 | nextByte() << 8 | nextByte();
        }

        byte[] readBytes(int length) throws IOException {
            byte[] bytes = new byte[length];
            int done = 0;
            while (done < length) {
                fill();
                int part = Math.min(length - done, chunk.length - at);
                System.arraycopy(chunk, at, bytes, done, part);
                at += part;
                done += part;
            }
            return bytes;
        }

        private int nextByte() throws IOException {
            fill();
            return chunk[at++] & 0xff;
        }

        private void fill() throws IOException {
            while (at == chunk.length) {
                byte[] next = next();
                if (next == null) {
                    throw new EOFException();
                }
                chunk = next;
                at = 0;
            }
        }

        /** The server's last words, without which the connection is in the middle of a copy. */
        void end() throws IOException {
            while (next() != null) {}
        }

        private byte @Nullable [] next() throws IOException {
            try {
                return stream.readFromCopy();
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }
    }
}
