package dev.sealway.phase.cutover;

import dev.sealway.batch.WalkedTable;
import dev.sealway.error.SealwayException;
import dev.sealway.guard.LegacyWatch;
import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.LegacyWriter;
import dev.sealway.ledger.LegacyWrites;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Lets nobody be cut off: for the whole soak time a watch stood, and saw no writer that leaves ciphertexts behind. */
final class SoakGate {

    private static final int NAMED = 10;

    private SoakGate() {}

    /** @throws SealwayException naming the writers, or how long they were watched for */
    static void require(Transaction tx, CutOverOrder order) {
        if (order.soak().isZero()) {
            return;
        }
        WalkedTable table = order.table();
        Duration watched = LegacyWrites.in(tx).watchedFor(table.registered()).orElse(Duration.ZERO);
        if (!new LegacyWatch(table.registered().id(), table.name()).isArmed(tx) || watched.isZero()) {
            throw SealwayException.refused(
                    "nobody watches %s for writers that leave the encrypted columns behind; run 'sealway verify', which sets the watch"
                            .formatted(table.name()));
        }
        requireNoWriter(table, order.soak(), LegacyWrites.in(tx).within(table.registered(), order.soak()));
        if (watched.compareTo(order.soak()) < 0) {
            throw SealwayException.refused(
                    ("%s is watched for legacy writers since %s only, and the soak time is %s; none was seen so far. Run this again"
                                    + " when it is over, or state a shorter one with --soak")
                            .formatted(table.name(), rounded(watched), order.soak()));
        }
    }

    private static void requireNoWriter(WalkedTable table, Duration soak, List<LegacyWriter> writers) {
        if (!writers.isEmpty()) {
            throw SealwayException.refused(
                    ("%s was written within the soak time of %s by writers that know nothing of its encrypted columns, and whose"
                                    + " writes would fail from here on: %s. Let them write both columns, then run this again when the"
                                    + " soak time has passed")
                            .formatted(
                                    table.name(),
                                    soak,
                                    writers.stream()
                                            .limit(NAMED)
                                            .map(LegacyWriter::words)
                                            .collect(Collectors.joining("; "))));
        }
    }

    private static Duration rounded(Duration time) {
        return Duration.ofSeconds(time.toSeconds());
    }
}
