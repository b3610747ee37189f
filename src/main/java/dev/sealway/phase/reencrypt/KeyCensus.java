package dev.sealway.phase.reencrypt;

import dev.sealway.catalog.Catalog;
import dev.sealway.catalog.LiveTable;
import dev.sealway.crypto.Ciphers;
import dev.sealway.crypto.CiphertextForm;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Literal;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.Registry;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts, now, the rows of every key in every registered column of every plan: each ciphertext begins with its key's
 * id, a Transit one with its version.
 *
 * @param uncounted what could not be counted, and why
 */
public record KeyCensus(List<KeyRows> rows, List<Uncounted> uncounted) {

    /**
     * A table that is registered and could not be looked at.
     *
     * @param keysets that its ciphertexts may be of
     */
    public record Uncounted(String table, List<String> keysets, String reason) {}

    private static final byte PREFIX = 1;

    private static final Sql BYTES = Sql.of("""
            SELECT pg_catalog.substring(t.{encrypted}, 1, 5), pg_catalog.count(*)
              FROM {table} t WHERE t.{encrypted} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1""");

    private static final Sql TEXTS = Sql.of("""
            SELECT pg_catalog.substring(t.{encrypted}::pg_catalog.text, '^vault:v([0-9]+):'), pg_catalog.count(*)
              FROM {table} t WHERE t.{encrypted}::pg_catalog.text OPERATOR(pg_catalog.~) {form}
             GROUP BY 1 ORDER BY 2 DESC, 1""");

    public KeyCensus {
        rows = List.copyOf(rows);
        uncounted = List.copyOf(uncounted);
    }

    /** Of all rows, in one look per column that reads the whole table. */
    public static KeyCensus of(Database database) {
        Counting counting = new Counting();
        try (Session session = database.open()) {
            List<Located> tables = session.rolledBack(
                    TransactionSettings.writing(), "finding the registered tables", counting::locate);
            for (Located table : tables) {
                counting.count(session, table);
            }
        }
        return new KeyCensus(counting.rows, counting.uncounted);
    }

    /** How many rows are of that key. */
    public long rowsOf(String keyset, long keyId) {
        return rows.stream()
                .filter(r -> r.isOf(keyset, keyId))
                .mapToLong(KeyRows::rows)
                .sum();
    }

    private record Located(RegisteredTable registered, LiveTable live) {}

    private static final class Counting {

        private final List<KeyRows> rows = new ArrayList<>();
        private final List<Uncounted> uncounted = new ArrayList<>();

        /** Under the names that tables and columns have now, whichever plan they belong to; rolled back afterwards. */
        List<Located> locate(Transaction tx) {
            Registry registry = Registry.in(tx);
            List<Located> found = new ArrayList<>();
            for (RegisteredTable table : registry.tables()) {
                RegisteredTable sealed = table.only(c -> c.phase() != ColumnPhase.REGISTERED);
                if (sealed.columns().isEmpty()) {
                    continue;
                }
                try {
                    LiveTable live = registry.locate(table)
                            .flatMap(Catalog.in(tx)::table)
                            .orElseThrow(() -> missing(table));
                    found.add(new Located(
                            registry.rebind(table, live).table().only(c -> c.phase() != ColumnPhase.REGISTERED), live));
                } catch (SealwayException e) {
                    leaveOut(sealed, e);
                }
            }
            return found;
        }

        private static SealwayException missing(RegisteredTable table) {
            return SealwayException.refused(
                    "table %s of plan %s is registered (sealway.sealed_table, id %d) and not in this database; if it was dropped for good, delete it from there"
                            .formatted(table.name(), table.plan(), table.id()));
        }

        private void leaveOut(RegisteredTable table, SealwayException why) {
            uncounted.add(new Uncounted(
                    table.name().toString(),
                    table.columns().stream()
                            .map(RegisteredColumn::keyset)
                            .distinct()
                            .toList(),
                    String.valueOf(why.getMessage())));
        }

        void count(Session session, Located table) {
            List<KeyRows> counted = new ArrayList<>();
            try {
                session.inTransaction(
                        TransactionSettings.reading(),
                        "counting the rows of every key in %s".formatted(table.live.name()),
                        tx -> {
                            table.registered.columns().forEach(c -> counted.addAll(count(tx, table.live, c)));
                            return counted;
                        });
                rows.addAll(counted);
            } catch (SealwayException e) {
                leaveOut(table.registered, e);
            }
        }

        private static List<KeyRows> count(Transaction tx, LiveTable live, RegisteredColumn column) {
            boolean text = column.cipher().equals(Ciphers.VAULT_TRANSIT);
            Sql sql = (text ? TEXTS.with("form", new Literal(CiphertextForm.TRANSIT_PATTERN)) : BYTES)
                    .with("encrypted", column.encrypted())
                    .with("table", live.name());
            return tx.list(
                    sql,
                    row -> new KeyRows(
                            live.tableName(),
                            column.plaintext().name(),
                            column.cipher(),
                            column.keyset(),
                            text ? version(row) : keyId(row.getBytes(1)),
                            row.getLong(2)));
        }

        private static OptionalLong keyId(byte @Nullable [] prefix) {
            return prefix != null && prefix.length == 5 && prefix[0] == PREFIX
                    ? OptionalLong.of(
                            Integer.toUnsignedLong(ByteBuffer.wrap(prefix, 1, 4).getInt()))
                    : OptionalLong.empty();
        }

        /** A user's text may look like a ciphertext of any version. */
        private static OptionalLong version(ResultSet row) throws SQLException {
            String digits = row.getString(1);
            return digits != null && digits.length() < 10
                    ? OptionalLong.of(Long.parseLong(digits))
                    : OptionalLong.empty();
        }
    }
}
