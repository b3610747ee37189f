package dev.sealway.phase.purge;

import dev.sealway.audit.AuditTrail;
import dev.sealway.catalog.Leaf;
import dev.sealway.catalog.RelationFiles;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.Purges;
import dev.sealway.phase.purge.PurgeStep.Outcome;
import dev.sealway.progress.Progress;
import dev.sealway.residue.Residue;
import dev.sealway.residue.Suspect;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Rewrites one table, partition by partition, and makes its statistics anew. */
final class TableRewrite {

    static final Sql ANALYZE = Sql.of("ANALYZE {table}");

    private final Session session;
    private final Rewrite rewrite;
    private final Horizon horizon;
    private final Progress progress;

    TableRewrite(Session session, ShortLock shortLock, Duration maxLock, Progress progress) {
        this.session = session;
        this.rewrite = new Rewrite(session, shortLock, maxLock);
        this.horizon = new Horizon(session, shortLock.patience());
        this.progress = progress;
    }

    PurgeStep run(Suspect suspect, long runId) {
        String name = suspect.live().name().toString();
        long oid = suspect.live().oid();
        if (read(suspect, tx -> Residue.isRewritten(tx, suspect))) {
            return settled(suspect, runId);
        }
        if (suspect.isInPlace()) {
            Optional<String> held = horizon.wait(name);
            if (held.isPresent()) {
                return PurgeStep.left(name, Outcome.FAILED, held.get());
            }
        }
        long began = System.nanoTime();
        long before = read(suspect, tx -> Leaf.bytes(tx, oid));
        for (Leaf leaf : read(suspect, tx -> Leaf.of(tx, oid))) {
            Optional<PurgeStep> stopped = rewrite(name, leaf);
            if (stopped.isPresent()) {
                return stopped.get();
            }
        }
        session.executeAlone(ANALYZE.with("table", suspect.live().name()), "analysing %s".formatted(name));
        long after = read(suspect, tx -> Leaf.bytes(tx, oid));
        record(suspect, Map.of("table", name, "bytes_before", before, "bytes_after", after), runId);
        return new PurgeStep(name, Outcome.REWRITTEN, before, after, Duration.ofNanos(System.nanoTime() - began), "");
    }

    /** Somebody else may have rewritten it, and nobody has written down yet since when nothing quotes the values. */
    private PurgeStep settled(Suspect suspect, long runId) {
        String name = suspect.live().name().toString();
        if (!read(suspect, tx -> Residue.isKnownRewritten(tx, suspect))) {
            record(suspect, Map.of("table", name, "rewritten_by", "somebody else"), runId);
        }
        return PurgeStep.left(name, Outcome.ALREADY, "");
    }

    private Optional<PurgeStep> rewrite(String name, Leaf leaf) {
        List<String> before = files(leaf);
        Optional<String> failure = rewrite.run(leaf.name());
        if (failure.isPresent()) {
            return Optional.of(PurgeStep.left(name, Outcome.FAILED, "%s: %s".formatted(leaf.name(), failure.get())));
        }
        // a role that may not is told so by a warning only
        if (!Collections.disjoint(before, files(leaf))) {
            return Optional.of(PurgeStep.left(
                    name,
                    Outcome.RESIDUAL,
                    "%s was not rewritten: this role is not its owner; let the owner run it, or '%s'"
                            .formatted(
                                    leaf.name(), Rewrite.statement(leaf.name()).sql())));
        }
        if (!leaf.name().toString().equals(name)) {
            progress.done("Rewrote partition %s".formatted(leaf.name()));
        }
        return Optional.empty();
    }

    private List<String> files(Leaf leaf) {
        return session.inTransaction(
                TransactionSettings.reading(),
                "looking at the files of %s".formatted(leaf.name()),
                tx -> RelationFiles.ofTable(tx, leaf.oid()));
    }

    private <T> T read(Suspect suspect, Function<Transaction, T> look) {
        return session.inTransaction(
                TransactionSettings.reading(),
                "looking at %s".formatted(suspect.live().name()),
                look);
    }

    private void record(Suspect suspect, Map<String, ?> body, long runId) {
        session.inTransaction(
                TransactionSettings.writing(),
                "writing down a purge of %s".formatted(suspect.live().name()),
                tx -> {
                    Purges.in(tx).rewroteTable(suspect.table(), runId);
                    return AuditTrail.in(tx).append(runId, "table.purged", body);
                });
    }
}
