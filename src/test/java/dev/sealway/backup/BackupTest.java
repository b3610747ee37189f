package dev.sealway.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sealway.backup.BrokenBackupException.Fault;
import dev.sealway.crypto.tink.WrappedStreams;
import dev.sealway.error.SealwayException;
import dev.sealway.progress.Progress;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.RemoteKey;
import dev.sealway.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class BackupTest {

    private static final String CANARY = "CNRY-7f3e";

    @TempDir
    private Path temporary;

    @Test
    void bringsValuesOfManyTypesBack(TestDatabase database) throws SQLException {
        database.execute("""
                CREATE TABLE orders (region text, id int, name varchar(80), total numeric(10, 2), scan bytea, at timestamptz,
                  extra jsonb, rest json, tags text[], rate float8, span interval, paid boolean, PRIMARY KEY (region, id))""", """
                INSERT INTO orders VALUES
                  ('north', 1, 'Zoë 🦊', 1.50, '\\x00ff', '2024-02-29 12:00:00+05:30', '{"b": 1.0, "a": 2}',
                   '{"a":1, "a" :2}', '{a,NULL,"b,c"}', '-0', '1 mon -3 days', true),
                  ('north', 2, '', 0, '', 'infinity', 'null', '""', '{}', 'NaN', '0', false),
                  ('south, "x"', 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)""", """
                INSERT INTO orders (region, id, name, scan, extra)
                SELECT 'long', g, 'n', convert_to(repeat('0123456789abcdef', 65536), 'UTF8'),
                       to_jsonb(repeat(chr(233), 1000000 + g)) FROM generate_series(1, 3) g""");
        Exports exports = new Exports(database, temporary);
        WrittenBackup written = exports.write("orders");
        List<List<String>> rows = texts(database);
        List<List<String>> read = new ArrayList<>();
        exports.reader(written.file()).each((key, values) -> {
            List<String> row = new ArrayList<>(key);
            for (int v = 0; v < values.length; v++) {
                row.add(text(values[v], v == 2));
            }
            read.add(row);
        });
        assertThat(read).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(written.facts().rows()).isEqualTo(6);
    }

    private static String text(byte[] value, boolean raw) {
        if (value == null) {
            return "␀";
        }
        return raw ? HexFormat.of().formatHex(value) : new String(value, StandardCharsets.UTF_8);
    }

    /** What the server makes of the rows, under the settings that are pinned when a value is read. */
    private static List<List<String>> texts(TestDatabase database) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'");
            statement.execute("SET DateStyle = 'ISO, YMD'");
            statement.execute("SET extra_float_digits = 1");
            try (var result = statement.executeQuery("""
                    SELECT region, id::text, coalesce(name, '␀'), coalesce(total::text, '␀'),
                           coalesce(encode(scan, 'hex'), '␀'), coalesce(at::text, '␀'), coalesce(extra::text, '␀'),
                           coalesce(rest::text, '␀'), coalesce(tags::text, '␀'), coalesce(rate::text, '␀'),
                           coalesce(span::text, '␀'), coalesce(paid::text, '␀') FROM orders""")) {
                while (result.next()) {
                    List<String> row = new ArrayList<>();
                    for (int c = 1; c <= result.getMetaData().getColumnCount(); c++) {
                        row.add(result.getString(c));
                    }
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    @Test
    void keepsAnEmptyTable(TestDatabase database) throws SQLException {
        database.execute("CREATE TABLE users (id int PRIMARY KEY, name text)");
        Exports exports = new Exports(database, temporary);
        Path file = exports.write("users").file();
        assertThat(exports.rows(file)).isEmpty();
        assertThat(exports.reader(file).check().facts().rows()).isZero();
    }

    @Test
    void seesOneSnapshotWhileOthersWrite(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, name text)",
                "INSERT INTO users SELECT g, 'old' || g FROM generate_series(1, 12000) g");
        AtomicBoolean written = new AtomicBoolean();
        Exports exports = new Exports(database, temporary).hearing(whenAdvanced(() -> {
            if (written.compareAndSet(false, true)) {
                database.execute(
                        "UPDATE users SET name = 'new' || id", "DELETE FROM users WHERE id > 11000", "VACUUM users");
            }
        }));
        List<List<String>> rows = exports.rows(exports.write("users").file());
        assertThat(written).isTrue();
        assertThat(rows).hasSize(12_000).allMatch(row -> row.get(1).equals("old" + row.get(0)));
    }

    @Test
    @DisplayName("T76 no plaintext gets to a disk, neither while a backup is made nor afterwards")
    void writesNoPlaintext(TestDatabase database) throws SQLException, IOException {
        createCanaries(database);
        List<String> seen = new ArrayList<>();
        Exports exports =
                new Exports(database, temporary.resolve("new")).hearing(whenAdvanced(() -> seen.addAll(look())));
        Path file = exports.write("people").file();
        assertThat(seen).isNotEmpty().allMatch(name -> name.endsWith(".part"));
        assertThat(look()).hasSize(2).contains(file.getFileName().toString());
        assertThat(exports.rows(file)).hasSize(20_000).allMatch(row -> row.get(1)
                .startsWith(CANARY));
    }

    /** The files there are, none of which holds a value. */
    private List<String> look() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.walk(temporary)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(CANARY);
                names.add(file.getFileName().toString());
            }
        }
        return names;
    }

    private static void createCanaries(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE people (id int PRIMARY KEY, name text)",
                "INSERT INTO people SELECT g, 'CNRY-7f3e ' || repeat('x', 1000) FROM generate_series(1, 20000) g");
    }

    @Test
    void leavesNothingWhenTheDatabaseGoesAway(TestDatabase database) throws SQLException, IOException {
        createCanaries(database);
        List<Path> parts = new ArrayList<>();
        Exports exports = new Exports(database, temporary.resolve("out")).hearing(whenAdvanced(() -> {
            if (parts.isEmpty()) {
                parts.add(copyOfThePart());
                database.execute("""
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                         WHERE datname = current_database() AND pid <> pg_backend_pid()""");
            }
        }));
        assertThatThrownBy(() -> exports.write("people"))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("backing up public.people");
        assertThat(temporary.resolve("out")).isEmptyDirectory();
        assertThatThrownBy(() -> exports.reader(parts.get(0)).check())
                .as("what a killed process leaves")
                .isInstanceOf(BrokenBackupException.class);
    }

    private Path copyOfThePart() throws IOException {
        try (Stream<Path> files = Files.list(temporary.resolve("out"))) {
            Path part = files.filter(f -> f.toString().endsWith(".backup.part"))
                    .findFirst()
                    .orElseThrow();
            return Files.copy(part, temporary.resolve("killed.backup"));
        }
    }

    @Test
    void makesFilesForTheirOwnerAlone(TestDatabase database) throws SQLException, IOException {
        database.execute("CREATE TABLE users (id int PRIMARY KEY, name text)");
        Path directory = temporary.resolve("a/b");
        Path file = new Exports(database, directory).write("users").file();
        assertThat(permissions(directory)).isEqualTo("rwx------");
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(permissions(Manifest.of(file))).isEqualTo("rw-------");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void overwritesNothing() throws IOException {
        PrivateDirectory directory = PrivateDirectory.open(temporary);
        Files.writeString(temporary.resolve("whole"), "x");
        Files.writeString(temporary.resolve("half.part"), "x");
        assertThatThrownBy(() -> NewFile.begin(directory, "whole")).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> NewFile.begin(directory, "half")).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(temporary.resolve("half.part")).hasContent("x");
        assertThatThrownBy(() -> PrivateDirectory.open(temporary.resolve("whole")))
                .hasMessageContaining("is no directory");
    }

    @Test
    void namesFilesHarmlessly(TestDatabase database) throws SQLException {
        database.execute("CREATE TABLE \"../x/%s{a}\" (id int PRIMARY KEY, \"k\"\"e\" text)");
        Path file = new Exports(database, temporary).write("../x/%s{a}").file();
        assertThat(file.getParent()).isEqualTo(temporary);
        assertThat(file.getFileName().toString())
                .matches("shop-public\\.___x__s_a_-\\d{8}T\\d{6}Z-[0-9a-f]{8}\\.backup");
    }

    @Test
    void keepsAKeysetOfItsOwnUnderAKeyEncryptionKey(TestDatabase database) throws SQLException, IOException {
        database.execute("CREATE TABLE users (id int PRIMARY KEY, name text)", "INSERT INTO users VALUES (1, 'one')");
        Exports exports = new Exports(database, temporary).under(wrapped());
        Path file = exports.write("users").file();
        assertThat(exports.rows(file)).containsExactly(List.of("1", "one"));
        assertThat(Files.readString(Manifest.of(file)))
                .contains("\"keeper\": \"remote kek\"", "\"mac\": null")
                .doesNotContain("evidence");
        assertThatThrownBy(() -> exports.under(wrapped()).reader(file).check()).isInstanceOf(SealwayException.class);
    }

    private static BackupKeys wrapped() {
        return new BackupKeys(new WrappedStreams(new RemoteKey()), Optional.empty());
    }

    @Test
    void readsWhatWasWrittenBeforeThePlanGotKeys(TestDatabase database) throws SQLException, IOException {
        database.execute("CREATE TABLE users (id int PRIMARY KEY, name text)", "INSERT INTO users VALUES (1, 'one')");
        BackupKeys before = wrapped();
        Exports exports = new Exports(database, temporary).under(before);
        Path file = exports.write("users").file();
        exports.under(new BackupKeys(before.streams(), Exports.bundled().bundle()));
        assertThat(exports.reader(file).check().manifest()).isTrue();
        assertThat(exports.rows(file)).containsExactly(List.of("1", "one"));

        String manifest = Files.readString(Manifest.of(file));
        Files.writeString(Manifest.of(file), manifest.replace("\"mac\": null", "\"mac\": \"00\""));
        assertThat(catchThrowableOfType(
                        BrokenBackupException.class, () -> exports.reader(file).check()))
                .returns(Fault.FORGED_MANIFEST, BrokenBackupException::fault);
        Files.writeString(Manifest.of(file), manifest.replace("\"rows\": 1", "\"rows\": 2"));
        assertThat(catchThrowableOfType(
                        BrokenBackupException.class, () -> exports.reader(file).check()))
                .returns(Fault.OTHER_THAN_ITS_MANIFEST, BrokenBackupException::fault);
    }

    @Test
    void leavesNoManifestWithoutItsFile(TestDatabase database) throws SQLException {
        database.execute("CREATE TABLE users (id int PRIMARY KEY, name text)", "INSERT INTO users VALUES (1, 'one')");
        Path directory = temporary.resolve("out");
        List<Path> foreign = new ArrayList<>();
        Exports exports = new Exports(database, directory).hearing(whenAdvanced(() -> {
            if (foreign.isEmpty()) {
                foreign.add(Files.writeString(nameOfThePart(directory), "x"));
            }
        }));
        assertThatThrownBy(() -> exports.write("users"))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("exists already, and a backup is never overwritten");
        assertThat(foreign).hasSize(1);
        assertThat(directory).isDirectoryNotContaining(path -> !foreign.contains(path));
        assertThat(foreign.get(0)).hasContent("x");
    }

    /** The name that the file in the making will have. */
    private static Path nameOfThePart(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".backup.part"))
                    .map(name -> Path.of(name.replaceFirst("\\.part$", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private interface Interference {
        void happen() throws SQLException, IOException;
    }

    private static Progress whenAdvanced(Interference interference) {
        return new Progress() {
            @Override
            public void advanced(String work, long rows) {
                if (!work.startsWith("backup")) {
                    return;
                }
                try {
                    interference.happen();
                } catch (SQLException | IOException e) {
                    throw new AssertionError(e);
                }
            }
        };
    }
}
