package dev.sealway.backup;

import dev.sealway.backup.BackupDescription.Origin;
import dev.sealway.crypto.StreamKey;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Exports columns of a table, as one snapshot sees them, into an encrypted file.
 *
 * <p>Guarantees: a file that has its name is whole and on disk, and so is its manifest; nothing is ever overwritten; no
 * plaintext gets to a disk. Constant memory, but for the longest row. Thread-safe.
 */
public final class Backup {

    private static final int REPORT_EVERY = 5_000;
    private static final Sql MOMENT =
            Sql.of("SELECT pg_catalog.gen_random_uuid()::text, pg_catalog.current_database()," + " pg_catalog.now()");

    private record Moment(String id, String database, Instant at) {}

    private final Database database;
    private final String plan;
    private final BackupKeys keys;
    private final Progress progress;

    /** @param plan the plan's name, without which the files cannot be read */
    public Backup(Database database, String plan, BackupKeys keys, Progress progress) {
        this.database = database;
        this.plan = plan;
        this.keys = keys;
        this.progress = progress;
    }

    /**
     * @param directory is made if it is not there
     * @throws SealwayException if the export fails; then it left nothing behind
     */
    public WrittenBackup write(BackupTable table, Path directory) {
        PrivateDirectory into = PrivateDirectory.open(directory);
        String work = "backup %s".formatted(table.live().name());
        progress.began(work, Math.max(0, table.live().estimatedRows()));
        try {
            return database.inTransaction(
                    TransactionSettings.snapshot(),
                    "backing up %s".formatted(table.live().name()),
                    tx -> write(tx, table, into));
        } finally {
            progress.ended(work);
        }
    }

    private WrittenBackup write(Transaction tx, BackupTable table, PrivateDirectory into) {
        Moment moment = tx.first(
                        MOMENT,
                        row -> new Moment(
                                row.getString(1),
                                row.getString(2),
                                row.getObject(3, OffsetDateTime.class).toInstant()))
                .orElseThrow();
        BackupDescription backup = table.describe(moment.id(), new Origin(moment.database(), plan), moment.at());
        StreamKey key = keys.streams().begin(BackupHead.stream(backup.id()));
        BackupHead head = new BackupHead(
                backup.id(),
                backup.origin().database(),
                backup.contexts(),
                key.keeper(),
                key.wrapped(),
                key.cipher().info().primaryKeyId(),
                keys.evidenceKeyId());
        String name = FileName.of(backup);
        try (NewFile file = NewFile.begin(into, name);
                NewFile manifest = NewFile.begin(into, name + ".json")) {
            BackupTotals totals = fill(tx, table, new Draft(backup, head, key), file);
            SealedBackup sealed = new SealedBackup(head, backup, totals, file.bytes(), file.sha256());
            manifest.append(utf8(Manifest.text(sealed, name, keys.manifests())));
            manifest.publish();
            WrittenBackup written = new WrittenBackup(file.publish(), sealed.facts());
            manifest.keep();
            file.keep();
            return written;
        } catch (FileAlreadyExistsException e) {
            throw SealwayException.refused(
                    "%s in %s exists already, and a backup is never overwritten; choose another directory"
                            .formatted(name, into));
        } catch (IOException | UncheckedIOException e) {
            throw SealwayException.failed(
                    "the backup of %s could not be written to %s, and nothing was left there; check the disk"
                            .formatted(backup.table(), into));
        }
    }

    private record Draft(BackupDescription backup, BackupHead head, StreamKey key) {}

    private BackupTotals fill(Transaction tx, BackupTable table, Draft draft, NewFile file) throws IOException {
        RowEvidence evidence = new RowEvidence(keys.evidence(draft.head().evidenceKeyId()), draft.backup());
        file.append(ByteBuffer.wrap(draft.head().bytes()));
        try (FrameWriter frames = new FrameWriter(
                draft.key().cipher().sealing(file.stream(), draft.head().associatedData()))) {
            frames.description(draft.backup());
            copy(tx, table, frames, evidence);
            BackupTotals totals = evidence.totals();
            frames.totals(totals);
            frames.finish();
            return totals;
        }
    }

    private void copy(Transaction tx, BackupTable table, FrameWriter frames, RowEvidence evidence) {
        String work = "backup %s".formatted(table.live().name());
        long[] rows = new long[1];
        tx.copyOut(table.rows(), fields -> {
            evidence.add(fields);
            try {
                frames.row(fields);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            zero(fields);
            if (++rows[0] % REPORT_EVERY == 0) {
                progress.advanced(work, REPORT_EVERY);
            }
        });
        progress.advanced(work, rows[0] % REPORT_EVERY);
    }

    static void zero(byte[] @Nullable [] fields) {
        for (byte[] field : fields) {
            if (field != null) {
                Arrays.fill(field, (byte) 0);
            }
        }
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap("%s%n".formatted(text).getBytes(StandardCharsets.UTF_8));
    }
}
