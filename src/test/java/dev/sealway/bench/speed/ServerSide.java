package dev.sealway.bench.speed;

import java.sql.Statement;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The server alone: {@code UPDATE} by expressions, in one statement or in key ranges with a commit each. With constants it is
 * the floor under everybody; with {@code pgcrypto} it is what one would do without a tool, and the keys are in the
 * statements.
 */
record ServerSide(String name, String assignments, boolean ranges, int workers, int share) implements Contender {

    private static final String PGP = "pgp_sym_encrypt(%s, 'a passphrase of the bench')";
    private static final String AES =
            "encrypt(convert_to(%s, 'UTF8'), '\\x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'aes')";
    private static final String HMAC = "email_search = hmac(lower(email), 'a key for tokens of the bench', 'sha256')";

    /** Floor A (one statement) and B (in ranges). */
    static ServerSide constants(String name, boolean ranges, int workers, int share) {
        String assignments = Users.COLUMNS.stream()
                .map(c -> "%s = decode(repeat('ab', %d), 'hex')"
                        .formatted(c, Users.SEALED.get(c.replace("_encrypted", ""))))
                .collect(Collectors.joining(", "));
        return new ServerSide(name, assignments, ranges, workers, share);
    }

    static ServerSide aes(String name, boolean ranges, int workers, int share) {
        return new ServerSide(name, with(AES), ranges, workers, share);
    }

    static ServerSide pgp(String name) {
        return new ServerSide(name, with(PGP), false, 1, 50);
    }

    private static String with(String function) {
        return Users.PLAINTEXTS.stream()
                .map(c -> "%s_encrypted = %s".formatted(c, function.formatted(c)))
                .collect(Collectors.joining(", ", "", ", " + HMAC));
    }

    @Override
    public Map<String, Double> run(Users users, int count) throws Exception {
        users.addColumns();
        String update = "UPDATE users SET " + assignments;
        return Map.of(name, Workers.time(users.database(), workers, (connection, number) -> {
            try (Statement statement = connection.createStatement()) {
                if (!ranges) {
                    statement.executeUpdate(update);
                    return;
                }
                for (long[] range : Users.ranges(count, number, workers)) {
                    statement.executeUpdate("%s WHERE id BETWEEN %d AND %d".formatted(update, range[0], range[1]));
                }
            }
        }));
    }
}
