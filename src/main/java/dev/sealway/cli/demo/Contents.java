package dev.sealway.cli.demo;

import dev.sealway.Sealway;
import dev.sealway.crypto.Sha256;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.RowReader;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.plan.ColumnPlan;
import dev.sealway.plan.DerivedNames;
import dev.sealway.plan.TablePlan;
import dev.sealway.progress.Progress;
import dev.sealway.workflow.SealedField;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checksums of everything sensitive in the sample: SHA-256 over each table's values in the order of its row key, from the
 * plaintext while it is there, and from the ciphertexts afterwards.
 */
final class Contents {
    private static final Sql TEXT = Sql.of("{column}::pg_catalog.text");
    private static final Sql ROWS = Sql.of("SELECT {columns} FROM {table} ORDER BY {key}");
    private static final int FETCH_SIZE = 1000;

    private final Database database;
    private final Sealway sealway;
    private final Progress progress;

    Contents(Database database, Sealway sealway, Progress progress) {
        this.database = database;
        this.sealway = sealway;
        this.progress = progress;
    }

    /** @param values how many values went into the checksums, NULLs included */
    record Sums(Map<String, String> byTable, long values) {}

    Sums ofPlaintext() {
        return sums("read", (table, column) -> {
            Sql text = TEXT.with("column", Identifier.of(column.name()));
            return new Reader(text, (row, at, key) -> row.getString(at));
        });
    }

    Sums ofCiphertexts() {
        return sums("decrypt", (table, column) -> {
            SealedField field = sealway.column(table.name() + "." + column.name());
            Identifier encrypted = Identifier.of(DerivedNames.encrypted(column.name()));
            return new Reader(Identifier.list(List.of(encrypted)), (row, at, key) -> {
                byte[] ciphertext = row.getBytes(at);
                return ciphertext == null ? null : field.open(ciphertext, key);
            });
        });
    }

    private interface Readers {
        Reader of(TablePlan table, ColumnPlan column);
    }

    /** How a value is fetched, and how it is made out of what was fetched. */
    private record Reader(Sql sql, Value value) {}

    private interface Value {
        @Nullable String of(ResultSet row, int at, String[] key) throws SQLException;
    }

    private Sums sums(String verb, Readers readers) {
        Map<String, String> byTable = new LinkedHashMap<>();
        long values = 0;
        for (TablePlan table : sealway.plan().tables()) {
            Sum sum = new Sum(
                    "%s %s".formatted(verb, table.name()),
                    table.columns().stream().map(c -> readers.of(table, c)).toList());
            byTable.put(table.name().toString(), sum.of(table));
            values += sum.rows * table.columns().size();
        }
        return new Sums(byTable, values);
    }

    private final class Sum {
        private final String work;
        private final List<Reader> readers;
        private final MessageDigest digest = Sha256.begin();
        private long rows;

        private Sum(String work, List<Reader> readers) {
            this.work = work;
            this.readers = readers;
        }

        private String of(TablePlan table) {
            List<Identifier> key = keyOf(table).stream().map(Identifier::of).toList();
            List<Sql> columns = new ArrayList<>();
            key.forEach(k -> columns.add(TEXT.with("column", k)));
            readers.forEach(r -> columns.add(r.sql()));
            QualifiedName name =
                    QualifiedName.of(table.name().schema(), table.name().table());
            Sql sql = ROWS.with("columns", Sql.join(", ", columns))
                    .with("table", name)
                    .with("key", Identifier.list(key));
            database.inTransaction(TransactionSettings.snapshot(), work, tx -> {
                progress.began(
                        work,
                        tx.number(Sql.of("SELECT pg_catalog.count(*) FROM {table}")
                                .with("table", name)));
                boolean all = tx.each(sql, take(key.size()), FETCH_SIZE);
                progress.advanced(work, rows % FETCH_SIZE);
                return all;
            });
            progress.ended(work);
            return HexFormat.of().formatHex(digest.digest());
        }

        private RowReader<Boolean> take(int keys) {
            return row -> {
                String[] key = new String[keys];
                for (int i = 0; i < keys; i++) {
                    key[i] = row.getString(i + 1);
                    add(key[i]);
                }
                for (int i = 0; i < readers.size(); i++) {
                    add(readers.get(i).value().of(row, keys + i + 1, key));
                }
                rows++;
                if (rows % FETCH_SIZE == 0) {
                    progress.advanced(work, FETCH_SIZE);
                }
                return true;
            };
        }

        /** Each value with its length, −1 for NULL, so that no two tables have the same bytes. */
        private void add(@Nullable String value) {
            byte[] bytes = value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(value == null ? -1 : bytes.length)
                    .array());
            digest.update(bytes);
        }
    }

    private static List<String> keyOf(TablePlan table) {
        return SampleTable.all().stream()
                .filter(t -> t.name().equals(table.name()))
                .findFirst()
                .orElseThrow()
                .key();
    }
}
