package dev.sealway.workflow;

import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.Prf;
import dev.sealway.error.SealwayException;
import dev.sealway.guard.Guard;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.phase.rollback.AfterCutOver;
import dev.sealway.phase.rollback.AfterDrop;
import dev.sealway.phase.rollback.RefillOrder;
import dev.sealway.phase.rollback.Restoring;
import dev.sealway.phase.rollback.ReverseProof;
import dev.sealway.phase.rollback.Rollback;
import dev.sealway.phase.rollback.RollbackReport;
import dev.sealway.phase.verify.VerifyReport;
import dev.sealway.phase.views.CreateViews;
import dev.sealway.plan.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rolls back a table that has its plaintext still, filling it first where the ciphertexts are authoritative. */
final class RollbackFlow {

    private final Means means;
    private final Resolver resolver;

    RollbackFlow(Means means) {
        this.means = means;
        this.resolver = new Resolver(means);
    }

    RollbackReport.Table run(ResolvedTable table, long run) {
        Rollback rollback = new Rollback(means.database(), means.shortLock(), means.progress());
        if (!droppedOf(table).isEmpty()) {
            return afterDrop(table, rollback, run);
        }
        if (!opensCiphertexts(table)) {
            return rollback.run(table.registered(), table.live(), table.selected(), CreateViews::make);
        }
        rollback.requirePlaintext(table.live(), table.selected());
        AfterCutOver afterCutOver = new AfterCutOver(means.database(), means.shortLock(), means.walk());
        afterCutOver.refill(resolver.walked(table, cutOver(table)));
        requireVerified(Workflow.verifyExpanded(means, table, cutOver(table), run));
        ResolvedTable now = again(table);
        afterCutOver.run(
                new RefillOrder(
                        resolver.walked(now, cutOver(now)), resolver.walked(now, now.withVerified(cutOver(now)))),
                rollback.removal(now.registered(), now.live(), now.selected(), CreateViews::make),
                run);
        return new RollbackReport.Table(
                now.live().tableName(),
                now.selected().stream().map(c -> c.plaintext().name()).toList());
    }

    private RollbackReport.Table afterDrop(ResolvedTable table, Rollback rollback, long run) {
        AfterDrop afterDrop = new AfterDrop(means.database(), means.shortLock(), means.walk());
        AfterCutOver afterCutOver = new AfterCutOver(means.database(), means.shortLock(), means.walk());
        afterDrop.revive(table.registered(), table.live(), droppedOf(table), run);
        ResolvedTable revived = again(table);
        afterDrop.fill(resolver.walked(revived, droppedOf(revived)));
        afterCutOver.refill(resolver.walked(revived, refilled(revived)));
        if (!cutOver(revived).isEmpty()) {
            requireVerified(Workflow.verifyExpanded(means, revived, cutOver(revived), run));
        }
        ResolvedTable now = again(revived);
        List<String> notices =
                new ArrayList<>(new ReverseProof(means.database(), means.shortLock(), evidence(), means.progress())
                        .run(resolver.walked(now, droppedOf(now))));
        Restoring restoring = afterDrop.build(resolver.walked(now, droppedOf(now)));
        List<RegisteredColumn> watched = Stream.concat(now.withVerified(cutOver(now)).stream(), droppedOf(now).stream())
                .toList();
        afterCutOver.run(
                new RefillOrder(
                        resolver.walked(now, refilled(now)), resolver.walked(now, watched), Optional.of(restoring)),
                rollback.removal(now.registered(), now.live(), now.selected(), CreateViews::make),
                run);
        notices.add(
                "a column that came back stands behind the others; SELECT * and COPY without a list of columns see it there");
        return new RollbackReport.Table(
                now.live().tableName(),
                now.selected().stream().map(c -> c.plaintext().name()).toList(),
                notices);
    }

    private Optional<Prf> evidence() {
        return means.plan().keys().map(k -> means.keys().get().prf(KeyBundle.EVIDENCE_KEYSET));
    }

    private static List<RegisteredColumn> droppedOf(ResolvedTable table) {
        return table.selected().stream()
                .filter(c -> c.phase() == ColumnPhase.CONTRACTED || c.phase() == ColumnPhase.REVERSING)
                .toList();
    }

    private static List<RegisteredColumn> refilled(ResolvedTable table) {
        return table.selected().stream()
                .filter(c -> c.phase() == ColumnPhase.CUT_OVER || c.phase() == ColumnPhase.REVERSING)
                .toList();
    }

    /** Whether the selected columns of a table hold values that only their ciphertexts have. */
    static boolean opensCiphertexts(ResolvedTable table) {
        return !cutOver(table).isEmpty() || !droppedOf(table).isEmpty();
    }

    private static List<RegisteredColumn> cutOver(ResolvedTable table) {
        return table.selected().stream()
                .filter(c -> c.phase() == ColumnPhase.CUT_OVER)
                .toList();
    }

    /** For a preview. */
    static Stream<String> refills(ResolvedTable table) {
        return Stream.concat(
                droppedOf(table).stream()
                        .filter(c -> c.phase() == ColumnPhase.CONTRACTED)
                        .map(c -> "add column %s.%s again, and what hung on it from its saved definitions"
                                .formatted(table.live().name(), c.plaintext())),
                table.selected().stream()
                        .filter(c -> c.phase().isAtLeast(ColumnPhase.CUT_OVER))
                        .map(c -> "fill %s.%s from %s where it is null, and verify every row"
                                .formatted(table.live().name(), c.plaintext(), c.encrypted())));
    }

    /** Verify moved phases. */
    private ResolvedTable again(ResolvedTable table) {
        Set<String> columns = table.plan().columns().stream()
                .map(c -> "%s.%s".formatted(table.plan().name(), c.name()))
                .collect(Collectors.toSet());
        return resolver.registered(new Selection(Set.of(), columns, OptionalInt.empty())).stream()
                .findFirst()
                .orElseThrow();
    }

    private static void requireVerified(VerifyReport.Table verified) {
        List<String> wrong = verified.columns().stream()
                .filter(c -> !c.passed())
                .flatMap(c -> c.examples().stream())
                .toList();
        if (verified.columns().stream().anyMatch(c -> !c.passed())) {
            throw SealwayException.refused(
                    "values of %s do not agree with their ciphertexts, which are authoritative, so nothing is removed: %s. %s: it is filled from the ciphertext. Then run 'sealway rollback' again"
                            .formatted(verified.name(), String.join("; ", wrong), Guard.EMPTYING));
        }
    }
}
