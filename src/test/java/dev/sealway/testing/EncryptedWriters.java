package dev.sealway.testing;

import dev.sealway.workflow.SealedField;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Applications of the time after a cut over: they write {@code email_encrypted} and {@code email_search} of {@code people
 * (id bigint PRIMARY KEY, email text)} and have never heard of {@code email}.
 */
public final class EncryptedWriters extends RememberingWriters {

    private static final String INSERT = "INSERT INTO people (email_encrypted, email_search, id) VALUES (?, ?, ?)";
    private static final String UPDATE = "UPDATE people SET email_encrypted = ?, email_search = ? WHERE id = ?";

    private final SealedField field;

    private EncryptedWriters(TestDatabase database, SealedField field) {
        super(database, "encrypted-only application", 4_000_000, 0, true);
        this.field = field;
    }

    /** @param seed printed, so that a failure can be run again */
    public static EncryptedWriters start(
            TestDatabase database, SealedField field, Map<Long, Optional<String>> remembered, int count, long seed) {
        EncryptedWriters all = new EncryptedWriters(database, field);
        all.start(remembered, count, seed);
        return all;
    }

    @Override
    protected String value(long id, int number, Random random) {
        return "e" + random.nextInt(1_000_000) + "@example.org";
    }

    @Override
    protected void put(Connection connection, boolean isNew, long id, Optional<String> value, int number)
            throws SQLException {
        put(connection, field, isNew ? INSERT : UPDATE, id, value);
    }

    private static void put(Connection connection, SealedField field, String sql, long id, Optional<String> value)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setBytes(1, value.map(field::seal).orElse(null));
            statement.setBytes(2, value.map(field::searchToken).orElse(null));
            statement.setLong(3, id);
            statement.executeUpdate();
        }
    }

    /** One such write. */
    public static void write(TestDatabase database, SealedField field, long id, String value) throws SQLException {
        try (Connection connection = database.connect()) {
            put(connection, field, UPDATE, id, Optional.of(value));
        }
    }

    /** Rows whose plaintext is there and is not what the ciphertext holds. */
    public static long stale(TestDatabase database, SealedField field) throws SQLException {
        Map<Long, Optional<String>> opened = Applications.opened(database, field);
        return plaintexts(database).entrySet().stream()
                .filter(e -> e.getValue().isPresent() && !e.getValue().equals(opened.get(e.getKey())))
                .count();
    }

    /** What the plaintext column holds now. */
    public static Map<Long, Optional<String>> plaintexts(TestDatabase database) throws SQLException {
        Map<Long, Optional<String>> plaintexts = new HashMap<>();
        for (var row : database.rows("SELECT id, email FROM people")) {
            plaintexts.put(Long.valueOf(String.valueOf(row.get(0))), Optional.ofNullable(row.get(1)));
        }
        return Map.copyOf(plaintexts);
    }
}
