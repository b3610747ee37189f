package dev.sealway.backup;

import dev.sealway.backup.BackupDescription.Origin;
import dev.sealway.backup.BrokenBackupException.Fault;
import dev.sealway.crypto.StreamCipher;
import dev.sealway.error.SealwayException;
import dev.sealway.progress.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a backup: first all of it, and only when it is whole and belongs here, its rows.
 *
 * <p>Guarantees: a file that is cut, altered, foreign or wrongly written is refused by {@link BrokenBackupException} before
 * a row of it is given out. Does not guarantee: that nobody writes to the file between the two passes; then the second one
 * ends with the same exception, after rows were given out. Whoever writes rows somewhere commits them at the end. Constant
 * memory, but for the longest row. Not thread-safe.
 */
public final class BackupReader {

    private static final int REPORT_EVERY = 5_000;

    /** Takes one row at a time. */
    @FunctionalInterface
    public interface RowConsumer {

        /**
         * @param rowKey the text of each row key column
         * @param values in the order of the description's columns, as their encodings say; null where the value is null.
         *     They are zeroed when this returns.
         */
        void accept(List<String> rowKey, byte[] @Nullable [] values);
    }

    @FunctionalInterface
    private interface FieldConsumer {
        void accept(BackupDescription backup, byte[] @Nullable [] fields);
    }

    private final Path file;
    private final Origin origin;
    private final BackupKeys keys;
    private final Progress progress;
    private @Nullable CheckedBackup checked;

    /** @param origin where it is read; a backup that was taken elsewhere is refused */
    public BackupReader(Path file, Origin origin, BackupKeys keys, Progress progress) {
        this.file = file;
        this.origin = origin;
        this.keys = keys;
        this.progress = progress;
    }

    /** @throws BrokenBackupException if it is not a whole and unaltered backup of this place */
    public CheckedBackup check() {
        Optional<String> manifest = manifest();
        SealedBackup found = reported(
                "check %s".formatted(name()), manifest.map(Manifest::rowsIn).orElse(0L), (backup, fields) -> {});
        manifest.flatMap(text -> Manifest.faultOf(text, found, keys.manifests()))
                .ifPresent(fault -> {
                    throw new BrokenBackupException(name(), fault);
                });
        CheckedBackup result = new CheckedBackup(found.facts(), manifest.isPresent());
        checked = result;
        return result;
    }

    /**
     * Gives out every row, after {@link #check}.
     *
     * @throws BrokenBackupException before the first row as {@code check}; after the last one if the file changed meanwhile
     */
    public CheckedBackup each(RowConsumer rows) {
        CheckedBackup first = checked == null ? check() : checked;
        SealedBackup again = reported("read %s".formatted(name()), first.facts().rows(), (backup, fields) -> {
            int keyColumns = backup.rowKey().size();
            List<String> rowKey = new ArrayList<>(keyColumns);
            for (int k = 0; k < keyColumns; k++) {
                rowKey.add(new String(fields[k], StandardCharsets.UTF_8));
            }
            rows.accept(rowKey, Arrays.copyOfRange(fields, keyColumns, fields.length));
        });
        if (!again.sha256().equals(first.facts().sha256())) {
            throw new BrokenBackupException(name(), Fault.CHANGED_MEANWHILE);
        }
        return first;
    }

    private SealedBackup reported(String work, long rows, FieldConsumer consumer) {
        progress.began(work, rows);
        try {
            return pass(work, consumer);
        } finally {
            progress.ended(work);
        }
    }

    private SealedBackup pass(String work, FieldConsumer consumer) {
        try (HashedInput in = HashedInput.open(file)) {
            BackupHead head = head(in);
            StreamCipher cipher = cipher(head);
            try (InputStream opened = cipher.opening(in, head.associatedData());
                    FrameReader frames = new FrameReader(opened)) {
                BackupDescription backup = description(frames, head);
                RowEvidence evidence = new RowEvidence(keys.evidence(head.evidenceKeyId()), backup);
                rows(work, frames, backup, evidence, consumer);
                BackupTotals totals = frames.totals();
                if (!totals.equals(evidence.totals())) {
                    throw new BrokenBackupException(name(), Fault.MISCOUNTED);
                }
                return new SealedBackup(head, backup, totals, in.bytes(), in.sha256());
            }
        } catch (IOException e) {
            throw new BrokenBackupException(name(), Fault.NOT_AUTHENTIC);
        }
    }

    private BackupHead head(HashedInput in) {
        try {
            BackupHead head = BackupHead.read(in);
            if (!head.database().equals(origin.database())) {
                throw new BrokenBackupException(name(), Fault.OTHER_DATABASE);
            }
            return head;
        } catch (IOException e) {
            throw new BrokenBackupException(name(), Fault.NOT_A_BACKUP);
        }
    }

    private StreamCipher cipher(BackupHead head) {
        StreamCipher cipher = keys.streams().find(head.stream(), head.keeper(), head.wrapped());
        if (!cipher.info().keyIds().contains(head.keyId())) {
            throw new BrokenBackupException(name(), Fault.UNKNOWN_KEY);
        }
        return cipher;
    }

    private BackupDescription description(FrameReader frames, BackupHead head) throws IOException {
        BackupDescription backup = frames.description();
        if (!backup.id().equals(head.id()) || !backup.contexts().equals(head.contexts())) {
            throw new BrokenBackupException(name(), Fault.NOT_AUTHENTIC);
        }
        if (!backup.origin().equals(origin)) {
            throw new BrokenBackupException(name(), Fault.OTHER_PLAN);
        }
        return backup;
    }

    private void rows(
            String work, FrameReader frames, BackupDescription backup, RowEvidence evidence, FieldConsumer consumer)
            throws IOException {
        byte[][] fields = new byte[backup.fields()][];
        long rows = 0;
        while (frames.row(fields)) {
            evidence.add(fields);
            consumer.accept(backup, fields);
            Backup.zero(fields);
            if (++rows % REPORT_EVERY == 0) {
                progress.advanced(work, REPORT_EVERY);
            }
        }
        progress.advanced(work, rows % REPORT_EVERY);
    }

    private Optional<String> manifest() {
        Path beside = Manifest.of(file);
        try {
            if (!Files.exists(beside)) {
                return Optional.empty();
            }
            if (Files.size(beside) > Manifest.LARGEST) {
                throw new BrokenBackupException(name(), Fault.FORGED_MANIFEST);
            }
            return Optional.of(Files.readString(beside));
        } catch (IOException e) {
            throw SealwayException.failed(
                    "the manifest %s could not be read; check its permissions and the disk".formatted(beside));
        }
    }

    private String name() {
        return String.valueOf(file.getFileName());
    }
}
