package dev.sealway.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sealway.backup.BackupDescription.Origin;
import dev.sealway.backup.BrokenBackupException.Fault;
import dev.sealway.crypto.Encoding;
import dev.sealway.crypto.StreamKey;
import dev.sealway.error.SealwayException;
import dev.sealway.plan.TableName;
import dev.sealway.progress.Progress;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
@DisplayName("T73 a backup that is cut, altered or foreign gives out nothing")
class BackupReaderTest {

    private static final int SEGMENT = 1 << 20;

    @TempDir
    private Path temporary;

    private Exports exports;
    private Path file;
    private byte[] whole;

    @BeforeEach
    void writesABackup(TestDatabase database) throws SQLException, IOException {
        database.execute(
                "CREATE TABLE notes (id int PRIMARY KEY, note text)",
                "INSERT INTO notes SELECT g, 'n' || repeat('0123456789', 100) FROM generate_series(1, 3000) g");
        exports = new Exports(database, temporary.resolve("written"));
        file = exports.write("notes").file();
        whole = Files.readAllBytes(file);
    }

    @Test
    @DisplayName("T73 cut by a byte, at a segment boundary, in the head, or grown")
    void refusesAnotherLength() throws IOException {
        int head = headLength();
        assertThat(whole.length).isGreaterThan(head + 2 * SEGMENT);
        for (int length :
                List.of(whole.length - 1, head + 2 * SEGMENT, head + SEGMENT, head + 40, head, whole.length + 1)) {
            refuses(Arrays.copyOf(whole, length), Fault.NOT_AUTHENTIC);
        }
        for (int length : List.of(0, 5, 20, head - 1)) {
            refuses(Arrays.copyOf(whole, length), Fault.NOT_A_BACKUP);
        }
    }

    private int headLength() {
        int magic = "sealway/backup/v1\n".length();
        return magic + 4 + ByteBuffer.wrap(whole).getInt(magic);
    }

    @Test
    @DisplayName("T73 one bit, anywhere")
    void refusesAFlippedBit() throws IOException {
        for (int at : List.of(headLength(), headLength() + 100, whole.length / 2, whole.length - 1)) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 4;
            refuses(flipped, Fault.NOT_AUTHENTIC);
        }
        byte[] magic = whole.clone();
        magic[3] ^= 1;
        refuses(magic, Fault.NOT_A_BACKUP);
    }

    @Test
    @DisplayName("T73 a head that says something else than the stream is bound to")
    void refusesAnotherHead() throws IOException {
        refuses(replaced("public.notes.note", "public.notes.nope"), Fault.NOT_AUTHENTIC);
        BackupReader elsewhere = new BackupReader(
                copy(replaced(
                        exports.origin().database(), exports.origin().database().replace("sealway", "SEALWAY"))),
                new Origin(exports.origin().database().replace("sealway", "SEALWAY"), "shop"),
                exports.keys(),
                Progress.NONE);
        refuses(elsewhere, Fault.NOT_AUTHENTIC);
    }

    private byte[] replaced(String said, String instead) {
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(said);
        return text.replaceFirst(Pattern.quote(said), instead).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    @DisplayName("T73 another database, another plan, other keys")
    void refusesAForeignFile() {
        Origin here = exports.origin();
        refuses(reader(new Origin("other", here.plan()), exports.keys()), Fault.OTHER_DATABASE);
        refuses(reader(new Origin(here.database(), "other"), exports.keys()), Fault.OTHER_PLAN);
        refuses(reader(here, Exports.bundled()), Fault.UNKNOWN_KEY);
    }

    private BackupReader reader(Origin origin, BackupKeys keys) {
        return new BackupReader(file, origin, keys, Progress.NONE);
    }

    @Test
    void refusesRowsThatDoNotComeToTheirTotals() throws IOException {
        BackupDescription backup = new BackupDescription(
                "0b0e6a3c-0000-4000-8000-000000000000",
                exports.origin(),
                new TableName("public", "notes"),
                List.of(new KeyColumn("id", "integer")),
                List.of(new BackupColumn("note", "text", "public.notes.note", Encoding.parse("pgtext/1"))),
                Instant.EPOCH);
        byte[][] row = {{'1'}, {'x'}};
        RowEvidence evidence =
                new RowEvidence(exports.keys().evidence(exports.keys().evidenceKeyId()), backup);
        evidence.add(row);
        BackupTotals right = evidence.totals();
        BigInteger sum = right.columns().get(0).evidence();
        Path good = forged(backup, row, right);
        assertThat(exports.reader(good).check().facts().rows()).isEqualTo(1);
        for (BackupTotals wrong : List.of(
                new BackupTotals(2, right.columns()),
                new BackupTotals(1, List.of(new BackupTotals.Column(1, sum))),
                new BackupTotals(1, List.of(new BackupTotals.Column(0, sum.add(BigInteger.ONE)))))) {
            refuses(exports.reader(forged(backup, row, wrong)), Fault.MISCOUNTED);
        }
    }

    /** An authentic file, whatever it says. */
    private Path forged(BackupDescription backup, byte[][] row, BackupTotals totals) throws IOException {
        StreamKey key = exports.keys().streams().begin("a test");
        BackupHead head = new BackupHead(
                backup.id(),
                backup.origin().database(),
                backup.contexts(),
                key.keeper(),
                key.wrapped(),
                key.cipher().info().primaryKeyId(),
                exports.keys().evidenceKeyId());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.bytes());
        try (FrameWriter frames = new FrameWriter(key.cipher().sealing(bytes, head.associatedData()))) {
            frames.description(backup);
            frames.row(row);
            frames.totals(totals);
            frames.finish();
        }
        return copy(bytes.toByteArray());
    }

    @Test
    void holdsTheFileAgainstItsManifest() throws IOException {
        Path manifest = Manifest.of(file);
        String text = Files.readString(manifest);
        assertThat(exports.reader(file).check().manifest()).isTrue();
        assertThat(text)
                .contains("\"rows\": 3000", "\"sha256\"", "\"key_id\"", "\"taken_at\"")
                .doesNotContain("0123456789");

        Files.writeString(manifest, text.replace("\"rows\": 3000", "\"rows\": 3001"));
        refuses(exports.reader(file), Fault.FORGED_MANIFEST);
        Files.writeString(manifest, text.replaceFirst("\"mac\": \"[0-9a-f]+\"", "\"mac\": null"));
        refuses(exports.reader(file), Fault.FORGED_MANIFEST);
        Files.writeString(manifest, "{");
        refuses(exports.reader(file), Fault.FORGED_MANIFEST);
        Files.copy(Manifest.of(exports.write("notes").file()), manifest, StandardCopyOption.REPLACE_EXISTING);
        refuses(exports.reader(file), Fault.OTHER_THAN_ITS_MANIFEST);
        Files.delete(manifest);
        assertThat(exports.reader(file).check().manifest()).isFalse();
    }

    @Test
    void noticesAFileThatChangesBetweenItsPasses() throws IOException {
        Path other = exports.write("notes").file();
        BackupReader reader = exports.reader(file);
        Files.delete(Manifest.of(file));
        reader.check();
        Files.copy(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(catchThrowableOfType(BrokenBackupException.class, () -> reader.each((key, values) -> {})))
                .returns(Fault.CHANGED_MEANWHILE, BrokenBackupException::fault);
    }

    @Test
    void zeroesWhatItGaveOut() {
        byte[][] kept = new byte[1][];
        exports.reader(file).each((key, values) -> kept[0] = values[0]);
        assertThat(kept[0]).hasSize(1001).containsOnly(0);
    }

    @Test
    void saysThatThereIsNoFile() {
        assertThatThrownBy(() -> exports.reader(temporary.resolve("none")).check())
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("there is no file");
    }

    @Test
    void saysWhatIsWrongAndWhatToDo() {
        assertThat(new BrokenBackupException("a.backup", Fault.UNKNOWN_KEY))
                .hasMessage("backup a.backup is refused: it was sealed with a key that is not at hand;"
                        + " use the key bundle that has it")
                .returns(SealwayException.Outcome.REFUSED, SealwayException::outcome);
    }

    private void refuses(byte[] bytes, Fault fault) throws IOException {
        refuses(exports.reader(copy(bytes)), fault);
    }

    private Path copy(byte[] bytes) throws IOException {
        return Files.write(Files.createTempFile(temporary, "altered", ".backup"), bytes);
    }

    private static void refuses(BackupReader reader, Fault fault) {
        AtomicInteger rows = new AtomicInteger();
        assertThat(catchThrowableOfType(
                        BrokenBackupException.class, () -> reader.each((key, values) -> rows.incrementAndGet())))
                .as("fault %s", fault)
                .isNotNull()
                .returns(fault, BrokenBackupException::fault)
                .hasNoCause();
        assertThat(rows).hasValue(0);
    }
}
