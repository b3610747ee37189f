package dev.sealway.ledger;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The columns' half of {@link Rebinding}: by number where numbers hold, by name elsewhere. */
final class ColumnRebinding {

    /**
     * One of a registered column's up to four columns.
     *
     * @param role {@code plaintext}, {@code encrypted} or {@code search}, as the columns of {@code sealed_column} are called;
     *     {@code new_search} or {@code old_search}, as those of {@code token_rotation} are
     */
    private record Part(long columnId, ColumnPhase phase, String role, String name, int number) {

        String numberRole() {
            return role.endsWith("_search") ? role.replace("_search", "_number") : role + "_number";
        }

        static Part read(ResultSet row) throws SQLException {
            return new Part(
                    row.getLong(1),
                    ColumnPhase.ofWord(row.getString(2)),
                    row.getString(3),
                    row.getString(4),
                    row.getInt(5));
        }
    }

    private static final Sql COLUMN = Sql.of("UPDATE sealway.sealed_column SET {name} = ?, {number} = ? WHERE id = ?");
    private static final Sql ROTATION = Sql.of("""
            UPDATE sealway.token_rotation SET {name} = ?, {number} = ?
             WHERE column_id = ? AND state IN ('filling', 'retiring')""");

    private final Transaction tx;
    private final LiveTable live;
    private final boolean numbersHold;
    private final List<String> notices = new ArrayList<>();

    ColumnRebinding(Transaction tx, LiveTable live, boolean numbersHold) {
        this.tx = tx;
        this.live = live;
        this.numbersHold = numbersHold;
    }

    /** A part has no number before it was added; the plaintext has none to look for after it was dropped. */
    List<String> rebind(RegisteredTable table) {
        List<Part> parts = tx.list(Sql.of("""
                        SELECT c.id, c.phase, p.role, p.name, p.number
                          FROM sealway.sealed_column c,
                               LATERAL (VALUES ('plaintext', c.plaintext, c.plaintext_number),
                                               ('encrypted', c.encrypted, c.encrypted_number),
                                               ('search', c.search, c.search_number)) AS p (role, name, number)
                         WHERE c.table_id = ? AND p.number IS NOT NULL
                           AND NOT (p.role = 'plaintext' AND c.phase = 'contracted')
                         ORDER BY c.id"""), Part::read, table.id());
        List<Part> seconds = tx.list(Sql.of("""
                        SELECT c.id, c.phase, p.role, p.name, p.number
                          FROM sealway.sealed_column c
                          JOIN sealway.token_rotation r ON r.column_id = c.id,
                               LATERAL (VALUES ('filling', 'new_search', r.new_search, r.new_number),
                                               ('retiring', 'old_search', r.old_search, r.old_number))
                                       AS p (state, role, name, number)
                         WHERE c.table_id = ? AND p.state = r.state AND p.number IS NOT NULL
                         ORDER BY c.id"""), Part::read, table.id());
        parts.forEach(part -> rebind(part, COLUMN));
        seconds.forEach(part -> rebind(part, ROTATION));
        return notices;
    }

    private void rebind(Part part, Sql update) {
        Optional<LiveColumn> byNumber = live.columns().stream()
                .filter(c -> numbersHold && c.number() == part.number())
                .findFirst();
        LiveColumn now = byNumber.or(() -> live.column(part.name())).orElseThrow(() -> gone(part));
        if (numbersHold && byNumber.isEmpty()) {
            remade(part);
        }
        if (!now.name().name().equals(part.name())) {
            notices.add("column %s.%s is now called %s".formatted(live.name(), part.name(), now.name()));
        }
        tx.execute(
                update.with("name", Identifier.of(part.role())).with("number", Identifier.of(part.numberRole())),
                now.name().name(),
                now.number(),
                part.columnId());
    }

    private SealwayException gone(Part part) {
        return SealwayException.refused(
                "column %s.%s is gone, although the ledger counts on it (%s column, %s); bring it back under this name from a backup, then run again"
                        .formatted(
                                live.name(),
                                part.name(),
                                part.role(),
                                part.phase().word()));
    }

    /** Somebody dropped the column and made another of that name: what was sealed or verified before says nothing. */
    private void remade(Part part) {
        notices.add(
                "column %s.%s was dropped and made again since the last run; it has to be backfilled and verified again"
                        .formatted(live.name(), part.name()));
        tx.execute(Sql.of("""
                        UPDATE sealway.sealed_column
                           SET phase = 'expanded', phase_at = now(), backfilled_at = NULL,
                               verified_at = NULL, verified_run = NULL
                         WHERE id = ? AND phase IN ('backfilled', 'verified')"""), part.columnId());
        tx.execute(Sql.of("""
                        DELETE FROM sealway.checkpoint p
                         USING sealway.sealed_column c
                         WHERE c.id = ? AND p.table_id = c.table_id AND p.change = c.change"""), part.columnId());
    }
}
