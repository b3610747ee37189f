package dev.sealway.workflow;

import dev.sealway.audit.AuditTrail;
import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.Backups;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.Registry;
import dev.sealway.ledger.Runs;
import dev.sealway.plan.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must be true before the first value is encrypted over itself: there is a backup of exactly these columns, or a person
 * has said why not; and nothing looks like a ciphertext that is none.
 */
final class InPlaceGate {

    /**
     * A stretch of work.
     *
     * @param change of the plan whose columns {@code walked} has
     */
    record Stretch(ResolvedTable table, WalkedTable walked, int change) {}

    private final Means means;
    private final InPlace inPlace;

    InPlaceGate(Means means) {
        this.means = means;
        this.inPlace = new InPlace(means);
    }

    /** @param withoutBackup why there is no backup; empty if there is to be one */
    void pass(List<Stretch> all, Optional<String> withoutBackup, long run) {
        List<Stretch> first = all.stream()
                .filter(s -> InPlace.isInPlace(s.table()))
                .filter(s -> inPlace.firstLookIsDue(s.walked(), s.change()))
                .toList();
        requireBackups(first, withoutBackup, run);
        first.forEach(s -> inPlace.firstLook(s.walked(), s.table().plan().acceptEncrypted()));
    }

    private void requireBackups(List<Stretch> first, Optional<String> withoutBackup, long run) {
        List<String> missing = means.database()
                .inTransaction(TransactionSettings.reading(), "looking for backups", tx -> first.stream()
                        .filter(s -> !hasBackup(tx, s))
                        .map(s -> s.walked().name().toString())
                        .distinct()
                        .toList());
        if (missing.isEmpty()) {
            return;
        }
        String reason = withoutBackup.orElseThrow(() -> SealwayException.refused(
                ("there is no complete backup of the columns of %s that was taken and checked since they were registered, and encrypting in"
                                + " place leaves no plaintext behind; run 'sealway backup', or say --without-backup and why")
                        .formatted(String.join(", ", missing))));
        means.database().inTransaction(TransactionSettings.writing(), "writing down a missing backup", tx -> {
            Runs.in(tx).note(run, "without a backup of %s: %s".formatted(String.join(", ", missing), reason));
            AuditTrail.in(tx)
                    .append(
                            run,
                            "override.used",
                            Map.of("option", "--without-backup", "tables", missing, "reason", reason));
            return null;
        });
    }

    private static boolean hasBackup(Transaction tx, Stretch stretch) {
        TableName name = stretch.walked().live().tableName();
        List<RegisteredColumn> columns = stretch.walked().columns().stream()
                .map(WalkedColumn::registered)
                .toList();
        return Backups.in(tx)
                .newest(name, columns.stream().map(RegisteredColumn::plaintext).toList())
                .filter(b -> b.checkedAt().isPresent())
                .filter(b -> columns.stream()
                        .noneMatch(c -> b.takenAt().isBefore(Registry.in(tx).registeredAt(c))))
                .isPresent();
    }
}
