package dev.sealway.proof;

import dev.sealway.batch.WalkedTable;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.Recheck;
import dev.sealway.ledger.RecheckEntry;
import java.util.List;
import java.util.stream.Collectors;

/** Proves the rows that changed since verify began, and forgets that they had. Not thread-safe. */
public final class ChangedRows {

    private static final int NAMED_ROWS = 20;

    private static final int BATCH = 2_000;

    private final WalkedTable table;
    private final String consequence;

    /**
     * @param table with every column of which something is known since that verify: changes are forgotten for all of them
     * @param consequence of a wrong row, for messages, as {@code nothing is dropped}
     */
    public ChangedRows(WalkedTable table, String consequence) {
        this.table = table;
        this.consequence = consequence;
    }

    /** @param rows as they are at least as late as the entries say */
    private record Found(List<RecheckEntry> entries, SomeRows rows) {}

    /**
     * A batch at most. Outside any lock, and while rows are opened outside any transaction: what changes meanwhile is
     * written down anew.
     */
    public int proveBatch(Session session) {
        String doing = "proving changed rows of %s".formatted(table.name());
        Found found = session.inTransaction(TransactionSettings.reading(), doing, tx -> find(tx, BATCH));
        if (!found.entries.isEmpty()) {
            requireNone(found.rows.mismatches());
            session.inTransaction(TransactionSettings.writing(), doing, tx -> {
                forget(tx, found);
                return null;
            });
        }
        return found.entries.size();
    }

    /** Whether there is nothing to be proved. */
    public boolean isEmpty(Transaction tx) {
        return Recheck.in(tx).take(table.registered(), 1).isEmpty();
    }

    /**
     * Proves up to {@code limit} entries and forgets them.
     *
     * @return how many there were
     * @throws SealwayException if one of the rows is wrong
     */
    public int prove(Transaction tx, int limit) {
        Found found = find(tx, limit);
        if (!found.entries.isEmpty()) {
            requireNone(found.rows.mismatches());
            forget(tx, found);
        }
        return found.entries.size();
    }

    private Found find(Transaction tx, int limit) {
        List<RecheckEntry> entries = Recheck.in(tx).take(table.registered(), limit);
        List<List<String>> keys =
                entries.stream().map(RecheckEntry::rowKey).distinct().toList();
        return new Found(entries, new TableProof(table).rows(tx, keys));
    }

    private static void forget(Transaction tx, Found found) {
        Recheck.in(tx).remove(found.entries.stream().map(RecheckEntry::id).toList());
    }

    private void requireNone(List<Mismatch> mismatches) {
        if (!mismatches.isEmpty()) {
            throw SealwayException.refused(
                    "%d values of %s that changed since verify are wrong, so %s: %s. Correct them, then run 'sealway verify' again"
                            .formatted(
                                    mismatches.size(),
                                    table.name(),
                                    consequence,
                                    mismatches.stream()
                                            .limit(NAMED_ROWS)
                                            .map(Mismatch::words)
                                            .collect(Collectors.joining("; "))));
        }
    }
}
