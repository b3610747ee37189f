package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sealway.Sealway;
import dev.sealway.crypto.OpenFailedException;
import dev.sealway.crypto.OpenFailedException.Reason;
import dev.sealway.error.SealwayException;
import dev.sealway.ledger.WrongKeyBundleException;
import dev.sealway.phase.reencrypt.ReencryptReport;
import dev.sealway.plan.Selection;
import dev.sealway.planfile.PlanReader;
import dev.sealway.testing.FiledKeys;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.RotatedKeys;
import dev.sealway.testing.TestDatabase;
import dev.sealway.workflow.DestroyTerms;
import dev.sealway.workflow.Keeping;
import dev.sealway.workflow.KeyName;
import dev.sealway.workflow.KeyRotation;
import dev.sealway.workflow.KeyStatusReport;
import dev.sealway.workflow.ReencryptTerms;
import dev.sealway.workflow.SealedField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A data key from {@code add} to {@code destroy}. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class KeyRotationTest {

    private static final String TABLES = """
            tables:
              public.people:
                columns: { email: { search: { normalizer: exact } } }
            """;

    @TempDir
    private Path directory;

    private TestDatabase database;
    private FiledKeys keys;

    @BeforeEach
    void createsPeople(TestDatabase fresh) throws Exception {
        database = fresh;
        database.execute(
                "CREATE TABLE people (id bigint PRIMARY KEY, email text)",
                "INSERT INTO people SELECT g, CASE WHEN g % 10 > 0 THEN 'a' || g END FROM generate_series(1, 1000) g");
        keys = FiledKeys.in(directory, database, TABLES);
    }

    private KeyRotation rotation() {
        return keys.sealway().keys();
    }

    private void promote() throws IOException {
        rotation().promote(keys.newest(), KeyRotation.PROMOTE_AGE, true, Keeping.IN_PLACE);
    }

    private ReencryptReport.Table reencrypt() {
        return rotation()
                .reencrypt(Selection.ALL, ReencryptTerms.USUAL)
                .tables()
                .get(0);
    }

    private static AbstractThrowableAssert<?, ?> refused(ThrowingCallable work) {
        return assertThatThrownBy(work).isInstanceOfSatisfying(SealwayException.class, e -> assertThat(e.outcome())
                .isEqualTo(SealwayException.Outcome.REFUSED));
    }

    private void pass(String column, String interval) throws Exception {
        database.execute("UPDATE sealway.keyring SET %1$s = %1$s - interval '%2$s'".formatted(column, interval));
    }

    @Test
    @DisplayName("T32 an old reader fails before the roll-out, so promote waits; in the end no row has the old key")
    void leadsAKeyThroughItsLife() throws Exception {
        keys.toBackfilled();
        KeyName old = keys.primary();
        SealedField oldReader = keys.holding(keys.bundle()).column("people.email");

        rotation().add(Optional.empty(), Keeping.IN_PLACE);
        KeyName young = keys.newest();
        assertThat(keys.primary()).isEqualTo(old);
        refused(() -> rotation().promote(young, KeyRotation.PROMOTE_AGE, false, Keeping.IN_PLACE))
                .hasMessageContaining("%s is known for 0 minutes".formatted(young))
                .hasMessageContaining("known for 24 hours")
                .hasMessageContaining("--readers-confirmed");
        pass("first_seen", "25 hours");
        rotation().promote(young, KeyRotation.PROMOTE_AGE, false, Keeping.IN_PLACE);
        assertThat(keys.primary()).isEqualTo(young);

        byte[] fresh = keys.sealway().column("people.email").seal("new");
        assertThatThrownBy(() -> oldReader.open(fresh))
                .isInstanceOfSatisfying(
                        OpenFailedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_KEY));

        assertThat(rows(old)).isEqualTo(900);
        refused(() -> rotation().disable(old, Keeping.IN_PLACE))
                .hasMessageContaining("900 rows have %s: 900 in public.people.email".formatted(old));
        ReencryptReport.Table done = reencrypt();
        assertThat(done.rewritten()).isEqualTo(900);
        assertThat(done.older()).isZero();
        assertThat(prefixes()).containsExactly(List.of("01%08x".formatted(young.keyId()), "900"));
        assertThat(reencrypt().rewritten()).isZero();
        assertThat(keys.sealway().verify(Selection.ALL).passed()).isTrue();

        rotation().disable(old, Keeping.IN_PLACE);
        assertThat(keys.data().disabledKeyIds()).containsExactly(old.keyId());
        assertThat(keys.sealway().verify(Selection.ALL).passed()).isTrue();
        keys.sealway()
                .contract(
                        Selection.ALL,
                        Life.terms(keys.sealway().status(Selection.ALL).phrase().orElseThrow()));
        assertThat(keys.sealway().column("people.email").open(ciphertext(7))).isEqualTo("a7");
        assertThat(state(old)).isEqualTo("disabled");
    }

    @Test
    @DisplayName("T33 a key is destroyed only when no row, no export and no backup can need it")
    void destroysOnlyWhatNobodyNeeds() throws Exception {
        keys.toBackfilled();
        KeyName old = keys.primary();
        rotation().add(Optional.empty(), Keeping.IN_PLACE);
        promote();
        refused(() -> destroy(old, 0)).hasMessageContaining("900 rows have %s".formatted(old));
        reencrypt();
        refused(() -> destroy(old, 0)).hasMessageContaining("%s is not disabled".formatted(old));
        rotation().disable(old, Keeping.IN_PLACE);
        refused(() -> destroy(old, 0)).hasMessageContaining("is disabled for 0 minutes; wait until it is 7 days");
        pass("disabled_at", "8 days");
        refused(() -> destroy(old, 30))
                .hasMessageContaining("a backup of the database from before")
                .hasMessageContaining("--backups-older-than");
        refused(() -> destroy(old, -1)).hasMessageContaining("--backups-older-than");
        DestroyTerms unconfirmed = new DestroyTerms(KeyRotation.DESTROY_AGE, Optional.of(daysAgo(1)), "yes");
        String phrase = "destroy key %d of data/default in bundle test".formatted(old.keyId());
        refused(() -> rotation().destroy(old, unconfirmed, Keeping.IN_PLACE))
                .hasMessageEndingWith("confirm with exactly: " + phrase);
        assertThat(keys.data().has(old.keyId())).isTrue();

        destroy(old, 1);
        assertThat(keys.data().has(old.keyId())).isFalse();
        assertThat(state(old)).isEqualTo("destroyed");
        assertThat(keys.sealway().verify(Selection.ALL).passed()).isTrue();
        assertThat(
                        database.rows(
                                "SELECT event, key_id, actor = session_user, detail FROM sealway.key_event WHERE event <> 'added' ORDER BY id"))
                .extracting(row -> row.get(0), row -> row.get(3))
                .containsExactly(
                        tuple("promoted", "stated: every reader has the bundle"),
                        tuple("disabled", "no row has it"),
                        tuple(
                                "destroyed",
                                "stated: no backup of the database from before %s is kept".formatted(daysAgo(1))));
    }

    private void destroy(KeyName key, int backupsFromDaysAgo) {
        rotation()
                .destroy(
                        key,
                        new DestroyTerms(
                                KeyRotation.DESTROY_AGE,
                                Optional.of(daysAgo(backupsFromDaysAgo)),
                                DestroyTerms.phrase(key, "test")),
                        Keeping.IN_PLACE);
    }

    private static LocalDate daysAgo(int days) {
        return LocalDate.now(ZoneOffset.UTC).minusDays(days);
    }

    @Test
    void countsTheRowsOfEveryPlan() throws Exception {
        database.execute("CREATE TABLE notes (id int PRIMARY KEY, body text)", "INSERT INTO notes VALUES (1, 'x')");
        keys.toBackfilled();
        KeyName old = keys.primary();
        var other = Sealway.plan(PlanReader.read("""
                        sealway: 1
                        name: other
                        keys: { provider: file, ref: "%s" }
                        tables: { public.notes: { columns: { body: {} } } }
                        """.formatted(keys.file()), "other.yaml"))
                .on(database.dataSource());
        other.expand(Selection.ALL);
        other.backfill(Selection.ALL);
        rotation().add(Optional.empty(), Keeping.IN_PLACE);
        promote();
        reencrypt();
        database.execute("ALTER TABLE notes RENAME TO remarks");
        refused(() -> rotation().disable(old, Keeping.IN_PLACE)).hasMessageContaining("1 in public.remarks.body");
        database.execute("DROP TABLE remarks");
        refused(() -> rotation().disable(old, Keeping.IN_PLACE))
                .hasMessageContaining("table public.notes of plan other is registered")
                .hasMessageContaining("if it was dropped for good");
    }

    @Test
    void refusesToRotateWhatIsComparedRatherThanOpened() throws Exception {
        keys.toBackfilled();
        rotation().add(Optional.of("token/default"), Keeping.IN_PLACE);
        KeyName token = new KeyName("token/default", 1);
        refused(() -> rotation().promote(token, KeyRotation.PROMOTE_AGE, true, Keeping.IN_PLACE))
                .hasMessageContaining("keyset token/default does not rotate in place")
                .hasMessageContaining("sealway keys tokens");
        refused(() -> rotation().disable(token, Keeping.IN_PLACE))
                .hasMessageContaining("keys of keyset token/default stay");
        refused(() -> rotation().add(Optional.of("evidence/default"), Keeping.IN_PLACE))
                .hasMessageContaining("keyset evidence/default does not rotate");
        refused(() -> rotation().add(Optional.of("data/nowhere"), Keeping.IN_PLACE))
                .hasMessageContaining("has no keyset data/nowhere, only data/default");
        refused(() -> rotation().disable(keys.primary(), Keeping.IN_PLACE)).hasMessageContaining("is the primary");
    }

    @Test
    @DisplayName("T34 a bundle that somebody replaced meanwhile is not overwritten")
    void overwritesNothingThatSomebodyElsePutThere() throws Exception {
        keys.toBackfilled();
        String theirs = RotatedKeys.added(keys.bundle());
        keys.whenTold(step -> {
            if (step.startsWith("Made a key bundle")) {
                try {
                    keys.put(theirs);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        refused(() -> rotation().add(Optional.empty(), Keeping.IN_PLACE))
                .hasMessageContaining("nothing was overwritten");
        assertThat(keys.bundle()).isEqualTo(theirs);
        assertThat(database.value("SELECT count(*) FROM sealway.key_event")).isEqualTo("0");
    }

    @Test
    @DisplayName("T30 another database's bundle is not touched")
    void refusesAnotherBundle() throws Exception {
        keys.toBackfilled();
        KeyName old = keys.primary();
        keys.put(Life.freshKeys());
        String theirs = keys.bundle();
        for (ThrowingCallable step : List.<ThrowingCallable>of(
                () -> rotation().add(Optional.empty(), Keeping.IN_PLACE),
                () -> rotation().promote(old, KeyRotation.PROMOTE_AGE, true, Keeping.IN_PLACE),
                () -> reencrypt(),
                () -> rotation().disable(old, Keeping.IN_PLACE),
                () -> destroy(old, 0),
                () -> rotation().attest("a safe", false))) {
            assertThatThrownBy(step).isInstanceOf(WrongKeyBundleException.class);
        }
        assertThat(keys.bundle()).isEqualTo(theirs);
        assertThat(database.value("SELECT count(*) FROM sealway.key_attestation"))
                .isEqualTo("0");
    }

    @Test
    void neverMovesRowsBackUnderAnOlderBundle() throws Exception {
        keys.toBackfilled();
        rotation().add(Optional.empty(), Keeping.IN_PLACE);
        String before = keys.bundle();
        promote();
        reencrypt();
        refused(() -> keys.holding(before).keys().reencrypt(Selection.ALL, ReencryptTerms.USUAL))
                .hasMessageContaining("was promoted since");
        assertThat(prefixes()).hasSize(1);
    }

    @Test
    void takesDisablingBack() throws Exception {
        keys.toBackfilled();
        KeyName old = keys.primary();
        rotation().add(Optional.empty(), Keeping.IN_PLACE);
        promote();
        reencrypt();
        rotation().disable(old, Keeping.IN_PLACE);
        rotation().enable(old, Keeping.IN_PLACE);
        assertThat(state(old)).isEqualTo("enabled");
        assertThat(keys.data().keyIds()).contains(old.keyId());
        assertThat(database.value("SELECT count(*) FROM sealway.keyring WHERE disabled_at IS NOT NULL"))
                .isEqualTo("0");
    }

    @Test
    void writesANewFileForAPlaceThatCannotBeWritten() throws Exception {
        var env = keys.toBackfilled().holding(keys.bundle());
        refused(() -> env.keys().add(Optional.empty(), Keeping.IN_PLACE)).hasMessageContaining("--out FILE");
        Path out = directory.resolve("new.json");
        env.keys().add(Optional.empty(), new Keeping(Optional.of(out), false));
        String added = Files.readString(out);
        assertThat(Files.getPosixFilePermissions(out)).hasSize(2);
        assertThat(RotatedKeys.info(added).keyIds()).hasSize(2);
        refused(() -> env.keys().add(Optional.empty(), new Keeping(Optional.of(out), false)))
                .hasMessageContaining("exists already");
        assertThat(Files.readString(out)).isEqualTo(added);

        KeyName young = new KeyName("data/default", RotatedKeys.newest(added));
        Path promoted = directory.resolve("promoted.json");
        var restarted = keys.holding(added).keys();
        restarted.promote(young, KeyRotation.PROMOTE_AGE, true, new Keeping(Optional.of(promoted), false));
        refused(() -> restarted.reencrypt(Selection.ALL, ReencryptTerms.USUAL))
                .hasMessageContaining("was promoted since");
        var again = keys.holding(Files.readString(promoted)).keys();
        assertThat(again.reencrypt(Selection.ALL, ReencryptTerms.USUAL).passed())
                .isTrue();
        KeyName old = new KeyName("data/default", RotatedKeys.primary(added));
        Path disabled = directory.resolve("disabled.json");
        again.disable(old, new Keeping(Optional.of(disabled), false));
        var last = keys.holding(Files.readString(disabled));
        assertThat(last.verify(Selection.ALL).passed()).isTrue();
        assertThat(keys.holding(Files.readString(promoted))
                        .verify(Selection.ALL)
                        .passed())
                .as("until the new one is in its place")
                .isTrue();
    }

    @Test
    void onlySaysWhatItWouldDo() throws Exception {
        keys.toBackfilled();
        String before = keys.bundle();
        Keeping dry = new Keeping(Optional.empty(), true);
        assertThat(rotation().add(Optional.empty(), dry).dryRun()).isTrue();
        refused(() -> rotation().promote(keys.primary(), KeyRotation.PROMOTE_AGE, false, dry));
        assertThat(rotation().previewReencrypt(Selection.ALL))
                .singleElement()
                .asString()
                .contains("public.people");
        assertThat(keys.bundle()).isEqualTo(before);
        assertThat(database.value("SELECT count(*) FROM sealway.key_event")).isEqualTo("0");
        assertThat(database.value("SELECT count(*) FROM sealway.run WHERE verb LIKE 'keys%'"))
                .isEqualTo("0");
    }

    @Test
    void remembersWhereTheCopyIs() throws Exception {
        keys.toBackfilled();
        assertThat(rotation().status().next()).anyMatch(step -> step.contains("keys attest"));
        rotation().attest("paper in the safe of the second floor", false);
        assertThat(rotation().status().bundle().orElseThrow().attested().orElseThrow())
                .contains("paper in the safe of the second floor, told by");
        assertThat(rotation().status().next()).isEmpty();
        keys.sealway().verify(Selection.ALL);
        assertThat(keys.sealway().rehearse(Selection.ALL, 100).passed()).isTrue();
        assertThat(keys.sealway()
                        .contract(
                                Selection.ALL,
                                keys.sealway().status(Selection.ALL).phrase().orElseThrow())
                        .tables())
                .hasSize(1);
        rotation().add(Optional.empty(), Keeping.IN_PLACE);
        assertThat(rotation().status().bundle().orElseThrow().attested())
                .as("the copy has not the new key")
                .isEmpty();
    }

    @Test
    void beginsAgainAfterTheKeysAreLostAsTheGuideSays() throws Exception {
        keys.toBackfilled();
        keys.put(Life.freshKeys());
        assertThatThrownBy(() -> keys.sealway().expand(Selection.ALL)).isInstanceOf(WrongKeyBundleException.class);
        String forget = "DELETE FROM sealway.keyring WHERE NOT EXISTS (SELECT FROM sealway.sealed_column)";
        assertThat(Files.readString(Path.of("docs/how-to/lost-key.md"))).contains(forget);
        database.execute(forget);
        assertThatThrownBy(() -> keys.sealway().expand(Selection.ALL)).isInstanceOf(WrongKeyBundleException.class);
        keys.sealway().rollback(Selection.ALL);
        database.execute(forget);
        keys.toContracted();
        assertThat(keys.sealway().column("people.email").open(ciphertext(7))).isEqualTo("a7");
    }

    @Test
    void tellsWhatComesNext() throws Exception {
        assertThat(rotation().status().keysets()).hasSize(5);
        keys.toBackfilled();
        KeyName old = keys.primary();
        rotation().attest("a safe", false);
        assertThat(rotation().status().next()).isEmpty();
        rotation().add(Optional.empty(), Keeping.IN_PLACE);
        rotation().attest("a safe", false);
        assertThat(rotation().status().next())
                .singleElement()
                .asString()
                .startsWith("from ")
                .contains("sealway keys promote --keyset data/default --key %d"
                        .formatted(keys.newest().keyId()));
        promote();
        assertThat(rotation().status().next()).containsExactly("sealway keys reencrypt");
        reencrypt();
        assertThat(rotation().status().next())
                .containsExactly("sealway keys disable --keyset data/default --key %d".formatted(old.keyId()));
        rotation().disable(old, Keeping.IN_PLACE);
        assertThat(rotation().status().next())
                .singleElement()
                .asString()
                .contains("sealway keys destroy --keyset data/default --key %d".formatted(old.keyId()));
        database.execute(
                "UPDATE sealway.keyring SET encryptions = 3000000000 WHERE is_primary AND keyset = 'data/default'");
        assertThat(rotation().status().next()).anyMatch(s -> s.contains("has made 3000000000 encryptions; rotate it"));
    }

    @Test
    void reencryptsAfterTheDropAndCountsWhatItSealed() throws Exception {
        keys.toContracted();
        rotation().add(Optional.empty(), Keeping.IN_PLACE);
        promote();
        ReencryptReport.Table done = rotation()
                .reencrypt(Selection.ALL, new ReencryptTerms(true, 0))
                .tables()
                .get(0);
        assertThat(done.rewritten()).isEqualTo(900);
        assertThat(done.older()).isZero();
        assertThat(keys.told()).anyMatch(step -> step.startsWith("Built index sealway_rewrap_"));
        assertThat(database.rows("SELECT 1 FROM pg_class WHERE relname LIKE 'sealway\\_rewrap%'"))
                .isEmpty();
        SealedField field = keys.sealway().column("people.email");
        for (int id : new int[] {1, 7, 999}) {
            assertThat(field.open(ciphertext(id))).isEqualTo("a" + id);
        }
        assertThat(database.value("SELECT encryptions FROM sealway.keyring WHERE key_id = %d"
                        .formatted(keys.primary().keyId())))
                .isEqualTo("900");
        assertThat(database.value("SELECT count(*) FROM sealway.checkpoint WHERE work = 'reencrypt'"))
                .isEqualTo("0");
    }

    @Test
    void namesRowsThatDoNotOpenAndMovesTheOthers() throws Exception {
        keys.toContracted();
        try (var connection = database.connect();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE people SET email_encrypted = ? WHERE id = 7")) {
            byte[] altered = ciphertext(7);
            altered[altered.length - 1] ^= 1;
            update.setBytes(1, altered);
            update.executeUpdate();
        }
        rotation().add(Optional.empty(), Keeping.IN_PLACE);
        promote();
        ReencryptReport.Table done = reencrypt();
        assertThat(done.rewritten()).isEqualTo(899);
        assertThat(done.older()).isEqualTo(1);
        assertThat(done.failures()).singleElement().satisfies(f -> {
            assertThat(f.key()).containsExactly("7");
            assertThat(f.reason()).contains("does not authenticate");
        });
    }

    private byte[] ciphertext(long id) throws Exception {
        try (var connection = database.connect();
                var statement = connection.prepareStatement("SELECT email_encrypted FROM people WHERE id = ?")) {
            statement.setLong(1, id);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getBytes(1);
            }
        }
    }

    private List<List<String>> prefixes() throws Exception {
        return database.rows("""
                SELECT encode(substring(email_encrypted, 1, 5), 'hex'), count(*) FROM people
                 WHERE email_encrypted IS NOT NULL GROUP BY 1""");
    }

    private KeyStatusReport.Key key(KeyName name) {
        return rotation().status().keysets().stream()
                .filter(k -> k.name().equals(name.keyset()))
                .flatMap(k -> k.keys().stream())
                .filter(k -> k.id() == name.keyId())
                .findFirst()
                .orElseThrow();
    }

    private String state(KeyName name) {
        return key(name).state();
    }

    private long rows(KeyName name) {
        return key(name).rows();
    }
}
