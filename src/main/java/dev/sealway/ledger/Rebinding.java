package dev.sealway.ledger;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.RowKey;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.Binding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Binds what is registered to what the database calls it now.
 *
 * <p>Where oid and column numbers were read, they are the truth and names follow them. In any other cluster or database
 * (a restore, a clone) they may mean something else, so there the names are the truth.
 */
final class Rebinding {

    /** The cluster and the database, as an expression. */
    static final Sql HOME = Sql.of("""
            (SELECT pg_catalog.format('%s/%s', s.system_identifier, d.oid)
               FROM pg_catalog.pg_control_system() s, pg_catalog.pg_database d
              WHERE d.datname = pg_catalog.current_database())""");

    private record Stored(boolean atHome, List<String> rowKey, List<Long> rowKeyNumbers) {

        static Stored read(ResultSet row) throws SQLException {
            return new Stored(
                    row.getBoolean(1), List.of((String[]) row.getArray(2).getArray()), List.of((Long[])
                            row.getArray(3).getArray()));
        }
    }

    private final Transaction tx;
    private final List<String> notices = new ArrayList<>();

    Rebinding(Transaction tx) {
        this.tx = tx;
    }

    Optional<Long> locate(RegisteredTable table) {
        Sql sql = Sql.of("""
                SELECT coalesce(
                         (SELECT c.oid FROM pg_catalog.pg_class c
                           WHERE c.oid = t.oid AND c.relkind IN ('r', 'p') AND t.home = {home}),
                         (SELECT c.oid FROM pg_catalog.pg_class c
                            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                           WHERE n.nspname = t.table_schema AND c.relname = t.table_name
                             AND c.relkind IN ('r', 'p')))::bigint
                  FROM sealway.sealed_table t
                 WHERE t.id = ?""").with("home", HOME);
        return Optional.of(tx.number(sql, table.id())).filter(oid -> oid != 0);
    }

    /** The registry's id of a table, by its oid alone. */
    Optional<Long> at(LiveTable live) {
        return tx.first(
                Sql.of("SELECT t.id FROM sealway.sealed_table t WHERE t.oid = ?::bigint::oid AND t.home = {home}")
                        .with("home", HOME),
                row -> row.getLong(1),
                live.oid());
    }

    /** The registered name of an expanded column whose plaintext is there, by its number alone. */
    Optional<Identifier> at(LiveTable live, LiveColumn column) {
        return tx.first(
                Sql.of("""
                        SELECT c.plaintext
                          FROM sealway.sealed_column c
                          JOIN sealway.sealed_table t ON t.id = c.table_id
                         WHERE t.oid = ?::bigint::oid AND t.home = {home}
                           AND c.plaintext_number = ? AND c.phase NOT IN ('registered', 'contracted')""").with("home", HOME), row -> Identifier.of(row.getString(1)), live.oid(), column.number());
    }

    List<String> rebind(RegisteredTable table, LiveTable live) {
        Stored stored = tx.first(Sql.of("""
                                SELECT home = {home}, row_key, row_key_numbers
                                  FROM sealway.sealed_table
                                 WHERE id = ?""").with("home", HOME), Stored::read, table.id())
                .orElseThrow();
        boolean same = stored.atHome() && table.oid() == live.oid();
        if (!same) {
            notices.add(
                    "table %s is bound again by its name: it was restored or copied since the last run; what was verified there must be verified here"
                            .formatted(live.name()));
            distrustVerification(table);
        } else if (!table.name().equals(live.name())) {
            notices.add("table %s is now called %s".formatted(table.name(), live.name()));
        }
        rebindRowKey(table, live, stored, same);
        store(table, live);
        notices.addAll(new ColumnRebinding(tx, live, same).rebind(table));
        return notices;
    }

    private void rebindRowKey(RegisteredTable table, LiveTable live, Stored stored, boolean same) {
        List<LiveColumn> now = columns(live);
        boolean unchanged = same
                ? stored.rowKeyNumbers().equals(List.of(numbers(now)))
                : stored.rowKey().equals(List.of(names(now)));
        if (unchanged) {
            return;
        }
        String change = "the row key of %s was (%s) and is now (%s)"
                .formatted(live.name(), String.join(", ", stored.rowKey()), String.join(", ", names(now)));
        if (table.binding() == Binding.ROW) {
            throw SealwayException.refused(
                    "%s; with bind: row every ciphertext opens under the old one only: put it back, or roll back first"
                            .formatted(change));
        }
        notices.add("%s; the walk starts anew".formatted(change));
        distrustVerification(table);
        tx.execute(Sql.of("DELETE FROM sealway.checkpoint WHERE table_id = ?"), table.id());
        table.columns().forEach(FailedRows.in(tx)::clear);
        Recheck.in(tx).clear(table);
    }

    /** Rows may have changed where no trigger of ours told of them. */
    private void distrustVerification(RegisteredTable table) {
        tx.execute(Sql.of("""
                        UPDATE sealway.sealed_column
                           SET phase = 'backfilled', phase_at = now(), verified_at = NULL, verified_run = NULL
                         WHERE table_id = ? AND phase = 'verified'"""), table.id());
    }

    private void store(RegisteredTable table, LiveTable live) {
        tx.execute(
                Sql.of("""
                        UPDATE sealway.sealed_table
                           SET table_schema = ?, table_name = ?, oid = ?::bigint::oid, home = {home},
                               row_key = ?, row_key_numbers = ?
                         WHERE id = ?""").with("home", HOME),
                live.name().schema().name(),
                live.name().name().name(),
                live.oid(),
                names(columns(live)),
                numbers(columns(live)),
                table.id());
    }

    static List<LiveColumn> columns(LiveTable table) {
        return table.rowKey().map(RowKey::columns).orElse(List.of());
    }

    static String[] names(List<LiveColumn> columns) {
        return columns.stream().map(c -> c.name().name()).toArray(String[]::new);
    }

    static Long[] numbers(List<LiveColumn> columns) {
        return columns.stream().map(c -> (long) c.number()).toArray(Long[]::new);
    }
}
