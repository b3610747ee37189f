package dev.sealway.residue;

import dev.sealway.catalog.RelationFiles;
import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.Drop;
import dev.sealway.ledger.Drops;
import dev.sealway.ledger.Purged;
import dev.sealway.ledger.Purges;
import dev.sealway.residue.Trace.State;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the ledger knows of a table's plaintext: when it went, in which files it lay, and what was rewritten since.
 *
 * @param gone when plaintext last went: by a drop, or in place by a backfill
 * @param table when the table was last rewritten by a purge
 * @param statistics when the statistics were
 * @param pages whether the table's own files hold plaintext
 * @param samples whether the files of the statistics do
 */
record History(
        Suspect suspect,
        List<Drop> drops,
        Optional<Instant> gone,
        Optional<Purged> table,
        Optional<Purged> statistics,
        State pages,
        State samples) {

    static History of(Transaction tx, Suspect suspect) {
        Purges purges = Purges.in(tx);
        Optional<Purged> table = purges.ofTable(suspect.table());
        Optional<Purged> statistics = purges.ofStatistics();
        if (suspect.isInPlace()) {
            Optional<Instant> backfilled = purges.lastBackfill(suspect.table());
            return new History(
                    suspect,
                    List.of(),
                    backfilled,
                    table,
                    statistics,
                    since(table, backfilled),
                    since(statistics, backfilled));
        }
        List<Drop> drops = Drops.in(tx).of(suspect.table());
        List<String> files = drops.stream().flatMap(d -> d.files().stream()).toList();
        Optional<Instant> dropped = drops.stream().map(Drop::at).max(Comparator.naturalOrder());
        return new History(
                suspect,
                drops,
                dropped,
                table,
                statistics,
                inUse(files, RelationFiles.ofTable(tx, suspect.live().oid()), since(table, dropped)),
                inUse(files, RelationFiles.ofStatistics(tx), since(statistics, dropped)));
    }

    private static State inUse(Collection<String> held, Collection<String> now, State unlessKnown) {
        if (held.isEmpty()) {
            return unlessKnown == State.CLEAN ? State.CLEAN : State.UNKNOWN;
        }
        return Collections.disjoint(held, now) ? State.CLEAN : State.PRESENT;
    }

    private static State since(Optional<Purged> purged, Optional<Instant> event) {
        return purged.isPresent()
                        && event.filter(at -> at.isAfter(purged.get().at())).isEmpty()
                ? State.CLEAN
                : State.PRESENT;
    }

    /** Whether a rewrite was written down after the plaintext went. */
    boolean isDated(Optional<Purged> rewrite) {
        return since(rewrite, gone) == State.CLEAN;
    }

    boolean isRewritten() {
        return pages == State.CLEAN && samples == State.CLEAN;
    }

    /**
     * Positions of the write-ahead log before which it may quote the values; empty if it may go on doing so, or nobody wrote
     * down when it ended.
     */
    List<String> quotedBefore() {
        return isRewritten() && isDated(table) && isDated(statistics)
                ? Stream.of(table, statistics)
                        .flatMap(Optional::stream)
                        .map(Purged::lsn)
                        .toList()
                : List.of();
    }
}
