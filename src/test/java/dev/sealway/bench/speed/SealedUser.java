package dev.sealway.bench.speed;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/**
 * A row as other clients hold it until it is written.
 *
 * @param sealed of {@link Users#COLUMNS}
 */
record SealedUser(long id, byte[][] sealed) {

    private static final String SELECT = "SELECT id, email, first_name, last_name, phone FROM users WHERE ";

    /** The next rows between two keys, of which the first is left out. */
    static String byKey(int atMost) {
        return SELECT + "id > ? AND id <= ? ORDER BY id LIMIT " + atMost;
    }

    /** Some rows that nobody has written yet. */
    static String unfinished(int atMost) {
        return SELECT + "email_encrypted IS NULL LIMIT " + atMost;
    }

    static List<SealedUser> read(PreparedStatement select, Sealing sealing) throws Exception {
        List<SealedUser> rows = new ArrayList<>();
        try (ResultSet found = select.executeQuery()) {
            while (found.next()) {
                rows.add(new SealedUser(
                        found.getLong(1),
                        sealing.seal(found.getString(2), found.getString(3), found.getString(4), found.getString(5))));
            }
        }
        return rows;
    }
}
