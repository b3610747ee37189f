package dev.sealway.jdbc;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
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
    private static final int BUFFER_BYTES = 1 << 16;

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
        try (PGCopyInputStream stream = new PGCopyInputStream(connection.unwrap(PGConnection.class), copy);
                DataInputStream in = new DataInputStream(new BufferedInputStream(stream, BUFFER_BYTES))) {
            readHeader(in);
            for (int count = in.readShort(); count >= 0; count = in.readShort()) {
                byte[][] fields = new byte[count][];
                for (int i = 0; i < count; i++) {
                    int length = in.readInt();
                    fields[i] = length < 0 ? null : in.readNBytes(length);
                }
                rows.accept(fields);
            }
        } catch (IOException e) {
            if (e.getCause() instanceof SQLException sql) {
                throw sql;
            }
            throw new SQLException("reading a COPY stream", "08006");
        }
    }

    private static void readHeader(DataInputStream in) throws IOException {
        if (!Arrays.equals(in.readNBytes(SIGNATURE.length), SIGNATURE)) {
            throw new IOException("not a binary COPY stream");
        }
        in.readInt();
        in.skipNBytes(in.readInt());
    }
}
