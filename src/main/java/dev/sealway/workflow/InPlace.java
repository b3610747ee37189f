package dev.sealway.workflow;

import dev.sealway.batch.WalkedTable;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.Prf;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.phase.inplace.Decrypt;
import dev.sealway.phase.inplace.FirstLook;
import dev.sealway.phase.inplace.ProofReport;
import dev.sealway.phase.inplace.Prove;
import dev.sealway.phase.rollback.RollbackReport;
import dev.sealway.phase.verify.VerifyReport;
import dev.sealway.plan.Mode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the verbs do with tables that are encrypted in place. */
final class InPlace {

    private final Means means;
    private final Resolver resolver;

    InPlace(Means means) {
        this.means = means;
        this.resolver = new Resolver(means);
    }

    static boolean isInPlace(ResolvedTable table) {
        return table.registered().mode() == Mode.IN_PLACE;
    }

    /**
     * The tables that have columns of their own for ciphertexts; the others are passed over with a notice.
     *
     * @throws SealwayException if only tables in place are left
     */
    List<ResolvedTable> expanded(List<ResolvedTable> tables, String verb) {
        List<ResolvedTable> expanded =
                tables.stream().filter(Predicate.not(InPlace::isInPlace)).toList();
        if (expanded.isEmpty() && !tables.isEmpty()) {
            tables.get(0).registered().refuseInPlace(verb);
        }
        tables.stream().filter(InPlace::isInPlace).forEach(t -> means.progress()
                .notice("%s is encrypted in place, so '%s' has nothing to do there"
                        .formatted(t.live().name(), verb)));
        return expanded;
    }

    /** Whether ciphertexts of ours may stand in the column: its backfill has begun. */
    static boolean hasBegun(Transaction tx, RegisteredTable table, RegisteredColumn column) {
        return column.isInPlace()
                && column.phase() != ColumnPhase.REGISTERED
                && (column.phase().isAtLeast(ColumnPhase.BACKFILLED) || !FirstLook.isDue(tx, table, column.change()));
    }

    boolean firstLookIsDue(WalkedTable walked, int change) {
        return means.database()
                .inTransaction(
                        TransactionSettings.reading(),
                        "looking for a backfill that has begun",
                        tx -> FirstLook.isDue(tx, walked.registered(), change));
    }

    void firstLook(WalkedTable walked, boolean acceptEncrypted) {
        new FirstLook(means.database(), means.walk()).run(walked, acceptEncrypted);
    }

    VerifyReport.Table verify(ResolvedTable table, List<RegisteredColumn> columns, long run) {
        Optional<Prf> evidence =
                means.plan().keys().map(source -> means.keys().get().prf(KeyBundle.EVIDENCE_KEYSET));
        ProofReport proof =
                new Prove(means.database(), means.walk(), evidence).run(resolver.walked(table, columns), run);
        return new VerifyReport.Table(
                table.live().tableName(),
                proof.columns().stream().map(InPlace::column).toList());
    }

    private static VerifyReport.Column column(ProofReport.Column proof) {
        return new VerifyReport.Column(
                proof.column().plaintext().name(),
                proof.opened(),
                0,
                proof.nulls(),
                proof.plain(),
                proof.outside(),
                proof.failed(),
                proof.examples(),
                proof.passed(),
                proof.evidence());
    }

    RollbackReport.Table rollback(ResolvedTable table, long run) {
        List<RegisteredColumn> columns = table.selected();
        new Decrypt(means.database(), means.walk())
                .run(resolver.walked(table, columns), table.plan().acceptEncrypted(), run);
        return new RollbackReport.Table(
                table.live().tableName(),
                columns.stream().map(c -> c.plaintext().name()).toList());
    }
}
