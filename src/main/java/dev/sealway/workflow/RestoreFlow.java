package dev.sealway.workflow;

import dev.sealway.backup.BackupColumn;
import dev.sealway.backup.BackupDescription;
import dev.sealway.backup.BackupReader;
import dev.sealway.backup.KeyColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.error.SealwayException;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.phase.restore.Restore;
import dev.sealway.phase.restore.RestoreReport;
import dev.sealway.plan.Selection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Puts back what a backup holds into columns whose ciphertexts are all there is. */
final class RestoreFlow {

    private final Means means;
    private final Journal journal;
    private final Resolver resolver;

    RestoreFlow(Means means) {
        this.means = means;
        this.journal = new Journal(means);
        this.resolver = new Resolver(means);
    }

    RestoreReport run(Path file, RestoreTerms terms) {
        BackupReader reader = new BackupFlow(means).reader(file);
        BackupDescription backup = reader.check().facts().description();
        Selection one = new Selection(Set.of(backup.table().toString()), Set.of(), OptionalInt.empty());
        return journal.run("restore", one, run -> {
            journal.requireKeys(one);
            Restore.Order order = order(resolver.resolve(one).get(0), backup, terms);
            return new Restore(means.database()).run(reader, order, run);
        });
    }

    private Restore.Order order(ResolvedTable table, BackupDescription backup, RestoreTerms terms) {
        requireRowKey(table, backup);
        List<RegisteredColumn> columns = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (BackupColumn held : backup.columns()) {
            Optional<RegisteredColumn> column = table.registered().columns().stream()
                    .filter(c -> c.context().equals(held.context()))
                    .filter(RestoreFlow::isAllThereIs)
                    .filter(c -> c.encoding().form() == held.encoding().form())
                    .findFirst();
            if (column.isPresent()) {
                columns.add(column.get());
                places.add(backup.columns().indexOf(held));
            } else {
                left.add(held.name());
            }
        }
        if (columns.isEmpty()) {
            throw SealwayException.refused(
                    ("the plaintext of %s is still there for every column of the backup, and is newer than the backup; 'sealway"
                                    + " backfill' seals it again, and 'sealway verify' tells what is wrong")
                            .formatted(table.live().name()));
        }
        return new Restore.Order(resolver.walked(table, columns), places, left, terms.fillEmptied(), terms.dryRun());
    }

    /** Where the plaintext is authoritative, it tells what a ciphertext should hold. */
    private static boolean isAllThereIs(RegisteredColumn column) {
        return column.isInPlace() ? column.phase() != ColumnPhase.REGISTERED : column.phase() == ColumnPhase.CONTRACTED;
    }

    private static void requireRowKey(ResolvedTable table, BackupDescription backup) {
        List<String> now = WalkedTable.rowKeyOf(table.live()).names().stream()
                .map(name -> name.name())
                .toList();
        List<String> then = backup.rowKey().stream().map(KeyColumn::name).toList();
        if (!now.equals(then)) {
            throw SealwayException.refused(
                    "the rows of %s are known by %s now, and were by %s when the backup was taken; they cannot be found again"
                            .formatted(table.live().name(), now, then));
        }
    }
}
