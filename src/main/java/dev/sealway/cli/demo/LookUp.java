package dev.sealway.cli.demo;

import dev.sealway.Sealway;
import dev.sealway.cli.console.TextTable;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.TransactionSettings;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an application finds and reads a user afterwards: by search token, through the view, with the old column names. */
final class LookUp {
    private static final String COLUMN = "public.users.";
    private static final List<String> SHOWN = List.of("email", "phone", "first_name", "last_name", "date_of_birth");
    private static final int BYTES_SHOWN = 12;
    static final String QUERY =
            "SELECT email, phone, first_name, last_name, date_of_birth, id FROM public.users_sealed WHERE email_search = ?";

    private final Database database;
    private final Sealway sealway;

    LookUp(Database database, Sealway sealway) {
        this.database = database;
        this.sealway = sealway;
    }

    /**
     * What was found.
     *
     * @param emails of the candidates, opened
     * @param table for people
     */
    record Found(List<String> emails, List<String> table) {}

    Found byEmail(String email) {
        byte[] token = sealway.column(COLUMN + "email").searchToken(email);
        List<List<byte @Nullable []>> rows = database.inTransaction(
                TransactionSettings.reading(),
                "looking up a user",
                tx -> tx.list(
                        Sql.of(QUERY),
                        row -> {
                            List<byte @Nullable []> values = new ArrayList<>();
                            for (int i = 1; i <= SHOWN.size(); i++) {
                                values.add(row.getBytes(i));
                            }
                            return values;
                        },
                        token));
        TextTable table = TextTable.of(3, "column", "in the database", "opened by the library");
        List<String> emails = new ArrayList<>();
        for (List<byte @Nullable []> row : rows) {
            for (int i = 0; i < SHOWN.size(); i++) {
                String opened = opened(SHOWN.get(i), row.get(i));
                table.row(SHOWN.get(i), shown(row.get(i)), opened);
            }
            emails.add(opened("email", row.get(0)));
        }
        return new Found(emails, table.lines());
    }

    private String opened(String column, byte @Nullable [] ciphertext) {
        return ciphertext == null ? "(null)" : sealway.column(COLUMN + column).open(ciphertext);
    }

    private static String shown(byte @Nullable [] ciphertext) {
        return ciphertext == null
                ? "(null)"
                : "\\x%s… (%d bytes)"
                        .formatted(HexFormat.of().formatHex(ciphertext, 0, BYTES_SHOWN), ciphertext.length);
    }
}
