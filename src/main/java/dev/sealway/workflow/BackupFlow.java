package dev.sealway.workflow;

import dev.sealway.backup.Backup;
import dev.sealway.backup.BackupCheckReport;
import dev.sealway.backup.BackupColumn;
import dev.sealway.backup.BackupDescription.Origin;
import dev.sealway.backup.BackupFacts;
import dev.sealway.backup.BackupKeys;
import dev.sealway.backup.BackupReader;
import dev.sealway.backup.BackupReport;
import dev.sealway.backup.BackupTable;
import dev.sealway.backup.CheckedBackup;
import dev.sealway.backup.WrittenBackup;
import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.TypeSupport;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.Backups;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.LedgerSchema;
import dev.sealway.ledger.RecordedBackup;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.Registry;
import dev.sealway.plan.ColumnPlan;
import dev.sealway.plan.Selection;
import dev.sealway.plan.TablePlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Exports the selected columns as they are in the database now, registered or not, a file for each table; reads every file
 * back before it is written down.
 */
final class BackupFlow {

    private final Means means;
    private final Journal journal;

    BackupFlow(Means means) {
        this.means = means;
        this.journal = new Journal(means);
    }

    BackupReport run(Selection selection, Path directory) {
        return journal.run("backup", selection, run -> {
            if (means.plan().keys().isPresent()) {
                journal.requireKeys();
            }
            Backup backup = new Backup(means.database(), means.plan().name(), keys(), means.progress());
            List<BackupReport.Table> files = new ArrayList<>();
            for (BackupTable table : tables(selection)) {
                WrittenBackup written = backup.write(table, directory);
                reader(written.file()).check();
                record(written, run);
                files.add(BackupReport.Table.of(written.file(), written.facts()));
                means.progress().done("Wrote and checked %s".formatted(written.file()));
            }
            return new BackupReport(directory.toString(), files);
        });
    }

    /** Writes nothing but the time of the check into the ledger, if there is one. */
    BackupCheckReport check(Path file) {
        CheckedBackup checked = reader(file).check();
        BackupFacts facts = checked.facts();
        boolean recorded = means.database()
                .inTransaction(
                        TransactionSettings.writing(),
                        "writing down a check",
                        tx -> LedgerSchema.isInstalled(tx)
                                && Backups.in(tx).checked(facts.description().id(), facts.sha256()));
        return new BackupCheckReport(BackupReport.Table.of(file, facts), checked.manifest(), recorded);
    }

    /** What {@link #run} would export. */
    List<BackupTable> tables(Selection selection) {
        List<BackupTable> tables = means.database()
                .inTransaction(
                        TransactionSettings.reading(),
                        "resolving the plan",
                        tx -> means.plan().select(selection).tables().stream()
                                .map(t -> table(tx, t))
                                .filter(t -> !t.columns().isEmpty())
                                .toList());
        if (tables.isEmpty()) {
            throw SealwayException.refused(
                    "every selected column of plan %s is contracted: there is no plaintext that could be backed up"
                            .formatted(means.plan().name()));
        }
        return tables;
    }

    private static BackupTable table(Transaction tx, TablePlan plan) {
        LiveTable live = Resolver.live(tx, plan);
        Optional<RegisteredTable> registered =
                LedgerSchema.isInstalled(tx) ? Registry.in(tx).table(plan.name()) : Optional.empty();
        List<BackupColumn> columns = new ArrayList<>();
        for (ColumnPlan column : plan.columns()) {
            Optional<RegisteredColumn> known = registered.flatMap(r -> CheckFlow.known(r, column));
            known.ifPresent(k -> requireAuthoritative(live, k));
            if (known.filter(k -> !k.phase().hasPlaintext()).isEmpty()) {
                String context = known.map(RegisteredColumn::context).orElse(column.contextIn(plan.name()));
                columns.add(column(WalkedTable.liveColumn(live, Identifier.of(column.name())), context));
            }
        }
        return new BackupTable(live, WalkedTable.rowKeyOf(live), columns);
    }

    /** Since a cut over its plaintext is null wherever an application wrote the encrypted column alone. */
    private static void requireAuthoritative(LiveTable live, RegisteredColumn column) {
        if (column.phase() == ColumnPhase.CUT_OVER) {
            throw SealwayException.refused(
                    "column %s.%s is cut over, so its plaintext is null wherever only %s was written, and a backup of it would lack values; back up before 'sealway cutover', or leave the column out"
                            .formatted(live.name(), column.plaintext(), column.encrypted()));
        }
    }

    private static BackupColumn column(LiveColumn live, String context) {
        return new BackupColumn(live.name().name(), live.type().sql(), context, TypeSupport.encoding(live, 0));
    }

    private void record(WrittenBackup written, long run) {
        BackupFacts facts = written.facts();
        RecordedBackup recorded = new RecordedBackup(
                facts.description().id(),
                means.plan().name(),
                facts.description().table(),
                facts.description().columns().stream().map(BackupColumn::name).toList(),
                facts.rows(),
                new RecordedBackup.StoredFile(
                        String.valueOf(written.file().getFileName()), facts.bytes(), facts.sha256()),
                new RecordedBackup.Keys(
                        facts.keys().keeper(),
                        facts.keys().keyId(),
                        facts.keys().evidenceKeyId()),
                facts.description().takenAt(),
                Optional.empty());
        means.database().inTransaction(TransactionSettings.writing(), "writing down a backup", tx -> {
            Backups.in(tx).record(recorded, run);
            return Backups.in(tx).checked(recorded.id(), facts.sha256());
        });
    }

    BackupReader reader(Path file) {
        String database = means.database()
                .inTransaction(TransactionSettings.reading(), "asking for the database's name", tx -> tx.first(
                                Sql.of("SELECT pg_catalog.current_database()"), row -> row.getString(1))
                        .orElseThrow());
        return new BackupReader(file, new Origin(database, means.plan().name()), keys(), means.progress());
    }

    private BackupKeys keys() {
        return new BackupKeys(
                means.streams(), means.plan().keys().map(source -> means.keys().get()));
    }
}
