package dev.sealway.chaos;

import dev.sealway.crypto.OpenFailedException;
import dev.sealway.workflow.SealedField;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every row held against what it must say, by way of decrypting it.
 *
 * <p>While the plaintext leads, it must be right, and a ciphertext may be missing but not be of another value; from where
 * the ciphertext leads it is the other way round. A token must be its ciphertext's.
 */
final class Comparison {

    private static final List<String> COLUMNS = List.of("email", "name");

    private final Connection connection;
    private final Set<String> columns = new HashSet<>();
    private final Map<String, String> phases = new HashMap<>();
    private final Map<String, SealedField> fields = new HashMap<>();
    private final List<String> lost = new ArrayList<>();
    private final List<String> stale = new ArrayList<>();
    private final List<String> twice = new ArrayList<>();

    private Comparison(Connection connection) {
        this.connection = connection;
    }

    /** Nobody may write meanwhile. */
    static Compared of(Scene scene) throws SQLException {
        try (Connection connection = scene.connect()) {
            Comparison comparison = new Comparison(connection);
            comparison.look(scene);
            comparison.compare(new HashMap<>(scene.people()));
            return new Compared(scene.people().size(), comparison.lost, comparison.stale, comparison.twice);
        }
    }

    private void look(Scene scene) throws SQLException {
        each(
                "SELECT attname FROM pg_attribute WHERE attrelid = 'people'::regclass AND attnum > 0 AND NOT attisdropped",
                row -> columns.add(row.getString(1)));
        List<String> ledger = new ArrayList<>();
        each("SELECT 1 WHERE to_regclass('sealway.sealed_column') IS NOT NULL", row -> ledger.add(row.getString(1)));
        if (!ledger.isEmpty()) {
            each(
                    "SELECT plaintext, phase FROM sealway.sealed_column",
                    row -> phases.put(row.getString(1), row.getString(2)));
        }
        for (String column : COLUMNS) {
            if (columns.contains(column + "_encrypted") && phases.containsKey(column)) {
                fields.put(column, scene.field(column));
            }
        }
    }

    private void compare(Map<Long, Person> expected) throws SQLException {
        each("SELECT * FROM people ORDER BY id", row -> {
            Person person = expected.remove(row.getLong("id"));
            if (person == null) {
                stale.add("row %d was deleted, and is there".formatted(row.getLong("id")));
                return;
            }
            if (row.getLong("v") != person.version()) {
                stale.add("row %d is of version %d, not %d"
                        .formatted(row.getLong("id"), row.getLong("v"), person.version()));
            }
            for (String column : COLUMNS) {
                compare(row, column, person.value(column));
            }
        });
        expected.keySet().forEach(id -> lost.add("row %d".formatted(id)));
    }

    private void compare(ResultSet row, String column, Optional<String> expected) throws SQLException {
        String place = "%s of row %d".formatted(column, row.getLong("id"));
        boolean leads = plaintextLeads(column);
        if (columns.contains(column)) {
            judge(place, Optional.ofNullable(row.getString(column)), expected, leads, null);
        }
        SealedField field = fields.get(column);
        if (field != null) {
            byte @Nullable [] sealed = row.getBytes(column + "_encrypted");
            judge("encrypted " + place, open(place, field, sealed), expected, !leads, field);
            judgeToken(place, row, column, sealed, expected);
        }
    }

    private boolean plaintextLeads(String column) {
        return columns.contains(column)
                && !Set.of("cut over", "contracted", "reversing").contains(phases.getOrDefault(column, ""));
    }

    private void judge(
            String place,
            Optional<String> found,
            Optional<String> expected,
            boolean leads,
            @Nullable SealedField field) {
        if (found.equals(expected)) {
            return;
        }
        if (found.isEmpty()) {
            if (leads) {
                lost.add(place);
            }
        } else if (field != null && isSealed(field, found.get())) {
            twice.add(place);
        } else {
            stale.add(place);
        }
    }

    private void judgeToken(
            String place, ResultSet row, String column, byte @Nullable [] sealed, Optional<String> expected)
            throws SQLException {
        if (!columns.contains(column + "_search")) {
            return;
        }
        byte @Nullable [] token = row.getBytes(column + "_search");
        byte @Nullable [] right =
                sealed == null || expected.isEmpty() ? null : fields.get(column).searchToken(expected.get());
        if (!Arrays.equals(token, right)) {
            stale.add("token of " + place);
        }
    }

    private Optional<String> open(String place, SealedField field, byte @Nullable [] sealed) {
        if (sealed == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(field.open(sealed));
        } catch (OpenFailedException e) {
            lost.add("%s does not open".formatted(place));
            return Optional.empty();
        }
    }

    /** As text has it: in hexadecimal, in base64 or in Transit's form. */
    private static boolean isSealed(SealedField field, String opened) {
        if (opened.startsWith("vault:v")) {
            return true;
        }
        try {
            byte[] bytes = opened.startsWith("\\x")
                    ? HexFormat.of().parseHex(opened.substring(2))
                    : Base64.getDecoder().decode(opened.getBytes(StandardCharsets.UTF_8));
            field.open(bytes);
            return true;
        } catch (IllegalArgumentException | OpenFailedException e) {
            return false;
        }
    }

    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private void each(String sql, Row taker) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                taker.take(rows);
            }
        }
    }
}
