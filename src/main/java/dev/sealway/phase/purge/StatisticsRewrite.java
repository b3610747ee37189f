package dev.sealway.phase.purge;

import dev.sealway.audit.AuditTrail;
import dev.sealway.catalog.RelationFiles;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.Purges;
import dev.sealway.phase.purge.PurgeStep.Outcome;
import dev.sealway.residue.Residue;
import dev.sealway.residue.Suspect;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rewrites the catalogues that keep samples of values: the statistics outlive the column. */
final class StatisticsRewrite {

    static final String WHAT = "statistics";
    static final List<QualifiedName> CATALOGUES = List.of(
            QualifiedName.of("pg_catalog", "pg_statistic"), QualifiedName.of("pg_catalog", "pg_statistic_ext_data"));

    private final Session session;
    private final Rewrite rewrite;
    private final Horizon horizon;

    StatisticsRewrite(Session session, ShortLock shortLock, Duration maxLock) {
        this.session = session;
        this.rewrite = new Rewrite(session, shortLock, maxLock);
        this.horizon = new Horizon(session, shortLock.patience());
    }

    PurgeStep run(List<Suspect> suspects, long runId) {
        boolean done = session.inTransaction(
                TransactionSettings.reading(),
                "looking at the statistics",
                tx -> Residue.areStatisticsRewritten(tx, suspects));
        if (done) {
            return PurgeStep.left(WHAT, Outcome.ALREADY, "");
        }
        Optional<String> held = horizon.wait(WHAT);
        if (held.isPresent()) {
            return PurgeStep.left(WHAT, Outcome.FAILED, held.get());
        }
        long began = System.nanoTime();
        List<String> before = files();
        for (QualifiedName catalogue : CATALOGUES) {
            Optional<String> failure = rewrite.run(catalogue);
            if (failure.isPresent()) {
                return PurgeStep.left(WHAT, Outcome.FAILED, failure.get());
            }
        }
        if (!Collections.disjoint(before, files())) {
            return PurgeStep.left(
                    WHAT,
                    Outcome.RESIDUAL,
                    "this role may not rewrite pg_statistic and pg_statistic_ext_data; a superuser or the owner of the database may");
        }
        record(runId);
        return new PurgeStep(WHAT, Outcome.REWRITTEN, 0, 0, Duration.ofNanos(System.nanoTime() - began), "");
    }

    private List<String> files() {
        return session.inTransaction(
                TransactionSettings.reading(), "looking at the files of the statistics", RelationFiles::ofStatistics);
    }

    private void record(long runId) {
        session.inTransaction(TransactionSettings.writing(), "writing down a purge of the statistics", tx -> {
            Purges.in(tx).rewroteStatistics(runId);
            return AuditTrail.in(tx).append(runId, "statistics.purged", Map.of("catalogues", CATALOGUES.size()));
        });
    }
}
