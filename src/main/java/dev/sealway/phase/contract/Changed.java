package dev.sealway.phase.contract;

import dev.sealway.batch.WalkedTable;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.Recheck;
import dev.sealway.ledger.RecheckEntry;
import dev.sealway.proof.Mismatch;
import dev.sealway.proof.TableProof;
import java.util.List;
import java.util.stream.Collectors;

/** Proves the rows that changed since verify began. */
final class Changed {

    private static final int BATCH = 2_000;

    private final WalkedTable table;

    Changed(WalkedTable table) {
        this.table = table;
    }

    /** Outside any lock, a batch at most. */
    int proveBatch(Session session) {
        return session.inTransaction(
                TransactionSettings.writing(),
                "proving changed rows of %s".formatted(table.name()),
                tx -> prove(tx, BATCH));
    }

    /**
     * Proves up to {@code limit} entries and forgets them.
     *
     * @return how many there were
     * @throws SealwayException if one of the rows is wrong
     */
    int prove(Transaction tx, int limit) {
        Recheck recheck = Recheck.in(tx);
        List<RecheckEntry> entries = recheck.take(table.registered(), limit);
        if (!entries.isEmpty()) {
            requireNone(new TableProof(table)
                    .ofRows(
                            tx,
                            entries.stream()
                                    .map(RecheckEntry::rowKey)
                                    .distinct()
                                    .toList()));
            recheck.remove(entries.stream().map(RecheckEntry::id).toList());
        }
        return entries.size();
    }

    private void requireNone(List<Mismatch> mismatches) {
        if (!mismatches.isEmpty()) {
            throw SealwayException.refused(
                    "%d values of %s that changed since verify are wrong, so nothing is dropped: %s. Correct them, then run 'sealway verify' again"
                            .formatted(
                                    mismatches.size(),
                                    table.name(),
                                    mismatches.stream()
                                            .limit(FailureGate.NAMED_ROWS)
                                            .map(Mismatch::words)
                                            .collect(Collectors.joining("; "))));
        }
    }
}
