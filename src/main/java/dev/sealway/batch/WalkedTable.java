package dev.sealway.batch;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.RowKey;
import dev.sealway.error.SealwayException;
import dev.sealway.guard.Guard;
import dev.sealway.guard.GuardedColumn;
import dev.sealway.guard.GuardedColumn.Authority;
import dev.sealway.guard.RotatedToken;
import dev.sealway.guard.TokenGuard;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFragment;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredSearch;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.plan.Binding;
import dev.sealway.plan.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A table that is walked, with the columns that are sealed on the way.
 *
 * @param registered with all its registered columns, also those that this walk is not about
 * @param live as the catalogue had it at the start of the run
 * @param rowKey by which it is walked
 * @param columns that this walk is about
 * @param where narrows the walk; never a safety check
 */
public record WalkedTable(
        RegisteredTable registered, LiveTable live, RowKey rowKey, List<WalkedColumn> columns, Optional<String> where) {

    /** Two of a billion values share a token of so many bits once in thirty times; two of a row's, never. */
    private static final int BITS_THAT_TELL = 64;

    public WalkedTable {
        columns = List.copyOf(columns);
    }

    /** The same table with every row of it, whatever the plan's {@code where} says. */
    public WalkedTable everywhere() {
        return new WalkedTable(registered, live, rowKey, columns, Optional.empty());
    }

    /** The same table with some of its columns. */
    public WalkedTable with(List<WalkedColumn> some) {
        return new WalkedTable(registered, live, rowKey, some, where);
    }

    /** The same table with one of its columns. */
    public WalkedTable only(WalkedColumn column) {
        return new WalkedTable(registered, live, rowKey, List.of(column), where);
    }

    public QualifiedName name() {
        return live.name();
    }

    /** Whether some of the columns are sealed at the far end of a network, which is never done while a lock is held. */
    public boolean isSealedAfar() {
        return columns.stream().anyMatch(WalkedColumn::isSealedAfar);
    }

    /** The same table once for every change that brought in some of the columns, with those columns. */
    public List<WalkedTable> byChange() {
        Map<Integer, List<WalkedColumn>> changes = columns.stream()
                .collect(Collectors.groupingBy(c -> c.registered().change(), TreeMap::new, Collectors.toList()));
        return changes.values().stream()
                .map(c -> new WalkedTable(registered, live, rowKey, c, where))
                .toList();
    }

    /** The same table's shape under another name. */
    WalkedTable at(QualifiedName other) {
        LiveTable there = new LiveTable(
                live.oid(), other, live.kind(), live.columns(), live.rowKey(), live.estimatedRows(), live.bytes());
        return new WalkedTable(registered, there, rowKey, columns, Optional.empty());
    }

    public Guard guard() {
        return new Guard(registered.id(), name());
    }

    /** Everything the guard of this table stands over: all columns whose plaintext is still there. */
    public List<GuardedColumn> guarded() {
        return guarded(registered);
    }

    /** The columns of {@code table} over which the guard stands: expanded, and not yet contracted. */
    public static List<GuardedColumn> guarded(RegisteredTable table) {
        // in place there is no second copy that could become stale
        return table.columns().stream()
                .filter(c -> table.mode() == Mode.EXPAND)
                .filter(c -> switch (c.phase()) {
                    case EXPANDED, BACKFILLED, VERIFIED, CUT_OVER, REVERSING -> true;
                    case REGISTERED, CONTRACTED -> false;
                })
                .map(c -> new GuardedColumn(
                        c.plaintext(),
                        c.encrypted(),
                        c.search().map(RegisteredSearch::columns).orElse(List.of()),
                        table.binding() == Binding.ROW,
                        authority(c.phase())))
                .toList();
    }

    private static Authority authority(ColumnPhase phase) {
        return phase.isAtLeast(ColumnPhase.CUT_OVER) ? Authority.CIPHERTEXT : Authority.PLAINTEXT;
    }

    public TokenGuard tokenGuard() {
        return new TokenGuard(registered.id(), name());
    }

    /** The columns of {@code table} whose tokens move to another key. */
    public static List<RotatedToken> rotated(RegisteredTable table) {
        return table.columns().stream()
                .flatMap(c -> c.search().stream()
                        .filter(s -> s.second().isPresent())
                        .map(s -> new RotatedToken(
                                c.encrypted(), s.columns().get(0), s.newest(), s.bits() >= BITS_THAT_TELL)))
                .toList();
    }

    /** True in SQL for a row of the given alias in which at least one of the columns is dirty. */
    public Sql isDirtyIn(Identifier row) {
        return Sql.join(" OR ", columns.stream().map(c -> c.isDirtyIn(row)).toList());
    }

    /** The row key of a row as text values, one SQL expression each, for reading into the client. */
    public Sql keyTextIn(Identifier row) {
        return keyFields("{row}.{key}::pg_catalog.text", row);
    }

    Sql keyFields(String template, Identifier row) {
        List<? extends SqlFragment> fields = rowKey.columns().stream()
                .map(k -> Sql.of(template).with("row", row).with("key", k.name()))
                .toList();
        return Sql.join(", ", fields);
    }

    /** One parameter per row key column, each cast to the column's type. */
    Sql keyParameters() {
        return Sql.join(
                ", ",
                rowKey.columns().stream()
                        .map(k -> Sql.of("?::pg_catalog.text::{type}").with("type", k.type()))
                        .toList());
    }

    /** @throws SealwayException if the table lost its row key since it was registered */
    public static RowKey rowKeyOf(LiveTable live) {
        return live.rowKey()
                .orElseThrow(() -> SealwayException.refused(
                        ("table %s has no primary key and no UNIQUE constraint over NOT NULL columns, so its rows cannot be"
                                        + " told apart; add one")
                                .formatted(live.name())));
    }

    /** @throws SealwayException if the column is not there any more */
    public static LiveColumn liveColumn(LiveTable live, Identifier column) {
        return live.column(column.name())
                .orElseThrow(() -> SealwayException.refused(
                        "column %s.%s is not there; was it dropped or renamed by hand? Run 'sealway status'"
                                .formatted(live.name(), column)));
    }
}
