package dev.sealway.control;

import dev.sealway.audit.AuditTrail;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.HeldLease;
import dev.sealway.ledger.Lease;
import dev.sealway.ledger.LeaseHolder;
import dev.sealway.ledger.Leases;
import dev.sealway.ledger.RunControls;
import dev.sealway.ledger.RunWish;
import dev.sealway.ledger.Runs;
import dev.sealway.progress.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The beginning of a run: written down, with the leases on all of its tables, or not at all. Where the run that has one of
 * them has lost its session, the end of its lease is waited for.
 */
record Beginning(RunRequest request, LeaseHolder holder, RunTerms terms, Progress progress) {

    private static final String DOING = "taking the leases of a run";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LOOK_MILLIS = 200;

    /**
     * A run that has begun.
     *
     * @param wish at what pace it is to go until somebody says another
     */
    record Begun(long run, List<Lease> leases, RunWish wish) {}

    /** @throws LeaseHeldException if another run works on one of the tables */
    Begun in(Session session) {
        boolean told = false;
        while (true) {
            try {
                return session.inTransaction(
                        TransactionSettings.writing().lockTimeout(PATIENCE).repeatable(), DOING, this::begin);
            } catch (LeaseHeldException e) {
                if (!e.isWorthWaiting()) {
                    throw e;
                }
                if (!told) {
                    progress.notice(e.waiting());
                    told = true;
                }
                pause();
            } catch (SqlFailure e) {
                throw e.isLockTimeout() ? stillWriting() : e;
            }
        }
    }

    private Begun begin(Transaction tx) {
        long run = Runs.in(tx).begin(request.verb(), request.plan());
        RunControls controls = RunControls.in(tx);
        controls.begin(run);
        terms.rowsPerSecond().ifPresent(rows -> controls.wantRate(run, rows, holder.who()));
        List<Lease> leases = new ArrayList<>();
        request.tables().forEach((oid, name) -> leases.add(take(tx, oid, name, run)));
        return new Begun(run, leases, controls.wish(run).orElseThrow());
    }

    private Lease take(Transaction tx, long table, String name, long run) {
        Leases leases = Leases.in(tx);
        refuseIfHeld(leases.held(table));
        leases.prepare(table, name, holder, run);
        Optional<HeldLease> former = leases.heldBehindLock(table);
        refuseIfHeld(former);
        Lease taken = leases.take(table, name, holder, run, terms.lease());
        former.ifPresent(f -> writeDown(tx, f, taken, run));
        return taken;
    }

    private void refuseIfHeld(Optional<HeldLease> lease) {
        lease.filter(held -> !held.isFreeFor(holder)).ifPresent(held -> {
            throw new LeaseHeldException(held);
        });
    }

    private static void writeDown(Transaction tx, HeldLease former, Lease taken, long run) {
        Runs.in(tx).takenOver(former.run(), run);
        AuditTrail.in(tx)
                .append(
                        run,
                        "lease.taken_over",
                        Map.of(
                                "table", taken.name(),
                                "fence", taken.fence(),
                                "former_run", former.run(),
                                "former_holder", former.holder().toString()));
    }

    private SealwayException stillWriting() {
        return SealwayException.refused(
                "the lease of another run on %s is over, but a transaction of it is still open in the database, for more than %d s; wait until it ends, or end its session: pg_stat_activity shows it"
                        .formatted(String.join(" or ", request.tables().values()), PATIENCE.toSeconds()));
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SealwayException.failed("waiting for a lease was interrupted; nothing was changed");
        }
    }
}
