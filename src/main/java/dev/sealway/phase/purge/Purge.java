package dev.sealway.phase.purge;

import dev.sealway.catalog.Leaf;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.phase.purge.PurgeStep.Outcome;
import dev.sealway.progress.Progress;
import dev.sealway.residue.Residue;
import dev.sealway.residue.Suspect;
import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites the tables, then the statistics, then cycles the write-ahead log: each holds plaintext as long as the one before
 * it does. A part that is rewritten is written down at once, and passed over by the next run. Thread-safe.
 */
public final class Purge {

    /** A cautious guess at how fast tables with some indexes are rewritten. */
    private static final long BYTES_A_SECOND = 50_000_000;

    private final Database database;
    private final ShortLock shortLock;
    private final Progress progress;

    public Purge(Database database, ShortLock shortLock, Progress progress) {
        this.database = database;
        this.shortLock = shortLock;
        this.progress = progress;
    }

    /** @param suspects none of which has a plaintext column any more */
    public PurgeReport run(List<Suspect> suspects, PurgeTerms terms, long runId) {
        List<PurgeStep> steps = new ArrayList<>();
        try (Session session = database.open()) {
            new WalRecycling(session, shortLock.patience()).asBefore();
            TableRewrite rewrite = new TableRewrite(session, shortLock, terms.maxLock(), progress);
            for (Suspect suspect : suspects) {
                steps.add(told(rewrite.run(suspect, runId)));
            }
            steps.add(told(new StatisticsRewrite(session, shortLock, terms.maxLock()).run(suspects, runId)));
            if (terms.wal()) {
                steps.add(told(cycle(session, steps, runId)));
            }
            return new PurgeReport(
                    steps,
                    session.inTransaction(
                            TransactionSettings.reading(), "looking for residue", tx -> Residue.of(tx, suspects)));
        }
    }

    /** What {@link #run} would do, as statements and sentences. */
    public static List<String> preview(Transaction tx, List<Suspect> suspects) {
        List<String> lines = new ArrayList<>();
        for (Suspect suspect : suspects) {
            if (Residue.isRewritten(tx, suspect)) {
                lines.add("leave %s, which was rewritten before"
                        .formatted(suspect.live().name()));
                continue;
            }
            Leaf.of(tx, suspect.live().oid()).forEach(leaf -> lines.add(preview(tx, leaf)));
            lines.add(TableRewrite.ANALYZE.with("table", suspect.live().name()).sql());
        }
        if (!Residue.areStatisticsRewritten(tx, suspects)) {
            StatisticsRewrite.CATALOGUES.forEach(
                    c -> lines.add("%s; nothing is planned meanwhile, for well under a second as a rule"
                            .formatted(Rewrite.statement(c))));
        }
        lines.add("with --wal: switch through all segments of the write-ahead log with wal_recycle off");
        return lines;
    }

    private static String preview(Transaction tx, Leaf leaf) {
        long bytes = Leaf.bytes(tx, leaf.oid());
        return "%s; %d MB: needs as much free disk, and locks everybody out for roughly %d s"
                .formatted(Rewrite.statement(leaf.name()), bytes / 1_000_000, 1 + bytes / BYTES_A_SECOND);
    }

    /** Pages that hold plaintext would only be logged anew. */
    private PurgeStep cycle(Session session, List<PurgeStep> before, long runId) {
        WalCycle cycle = new WalCycle(session, shortLock.patience());
        if (before.stream().anyMatch(s -> s.outcome() == Outcome.RESIDUAL || s.outcome() == Outcome.FAILED)) {
            return PurgeStep.left(
                    WalCycle.WHAT,
                    Outcome.RESIDUAL,
                    "it is cycled once tables and statistics are rewritten: their pages are logged anew until then");
        }
        return cycle.run(runId);
    }

    private PurgeStep told(PurgeStep step) {
        switch (step.outcome()) {
            case REWRITTEN -> progress.done("Rewrote %s".formatted(step.what()));
            case ALREADY -> progress.done("%s was rewritten before".formatted(step.what()));
            case RESIDUAL, FAILED -> progress.notice("%s: %s".formatted(step.what(), step.detail()));
        }
        return step;
    }
}
