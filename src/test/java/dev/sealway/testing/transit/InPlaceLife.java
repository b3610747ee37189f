package dev.sealway.testing.transit;

import dev.sealway.batch.WalkListener;
import dev.sealway.batch.WalkSettings;
import dev.sealway.config.Wiring;
import dev.sealway.crypto.AssociatedData;
import dev.sealway.crypto.Ciphers;
import dev.sealway.crypto.CiphertextForm;
import dev.sealway.crypto.Encoding;
import dev.sealway.crypto.FieldCipher;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.Plaintext;
import dev.sealway.crypto.StreamKeys;
import dev.sealway.crypto.tink.TinkKeyBundle;
import dev.sealway.crypto.tink.WrappedStreams;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.keys.KeyMaterial;
import dev.sealway.patience.Patience;
import dev.sealway.phase.backfill.BackfillReport;
import dev.sealway.phase.rollback.RollbackReport;
import dev.sealway.phase.verify.VerifyReport;
import dev.sealway.plan.Plan;
import dev.sealway.plan.Selection;
import dev.sealway.planfile.PlanReader;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import dev.sealway.testing.RemoteKey;
import dev.sealway.testing.TestDatabase;
import dev.sealway.workflow.Means;
import dev.sealway.workflow.Workflow;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A plan with tables in place, a test database, and a cipher of Transit's form that needs no server. */
public final class InPlaceLife {

    private static final String SECRET = "a secret of these tests";

    private final Plan plan;
    private final Supplier<KeyBundle> keys;
    private final StreamKeys streams = new WrappedStreams(new RemoteKey());
    private FieldCipher cipher = LocalTransit.of(SECRET);
    private DataSource sessions;
    private WalkListener listener = WalkListener.NONE;
    private int batchSize = 50;
    private int workers = 1;

    private InPlaceLife(DataSource sessions, Plan plan, Supplier<KeyBundle> keys) {
        this.sessions = sessions;
        this.plan = plan;
        this.keys = keys;
    }

    /** @param tables the plan from the key {@code tables} on, as YAML; it has no key bundle */
    public static InPlaceLife of(TestDatabase database, String tables) {
        return over(database.dataSource(), tables);
    }

    /** As {@link #of}, of a database that somebody else looks after. */
    static InPlaceLife over(DataSource sessions, String tables) {
        return new InPlaceLife(sessions, plan("", tables), () -> {
            throw new AssertionError("nothing asks for a key bundle here");
        });
    }

    /** With a key bundle beside Transit. */
    public static InPlaceLife withKeys(TestDatabase database, String tables) {
        byte[] bundle = Life.freshKeys().getBytes(StandardCharsets.UTF_8);
        try (KeyMaterial material = KeyMaterial.owning(bundle, "")) {
            TinkKeyBundle keys = TinkKeyBundle.open(material, "a test");
            return new InPlaceLife(
                    database.dataSource(), plan("keys: { provider: env, ref: SEALWAY_KEYS }\n", tables), () -> keys);
        }
    }

    private static Plan plan(String keys, String tables) {
        return PlanReader.read(
                "sealway: 1\nname: test\n" + keys + "ciphers: { transit: { kind: vault-transit, key: k } }\n" + tables,
                "test.yaml");
    }

    /** A cipher that opens what this life's own cipher seals. */
    public static LocalTransit transit() {
        return LocalTransit.of(SECRET);
    }

    public InPlaceLife through(DataSource other) {
        sessions = other;
        return this;
    }

    public InPlaceLife sealingWith(FieldCipher other) {
        cipher = other;
        return this;
    }

    public InPlaceLife batchesOf(int rows) {
        batchSize = rows;
        return this;
    }

    public InPlaceLife workers(int many) {
        workers = many;
        return this;
    }

    public InPlaceLife listening(WalkListener other) {
        listener = other;
        return this;
    }

    public Workflow workflow() {
        WalkSettings settings = Wiring.settings(Progress.NONE, batchSize)
                .withListener(listener)
                .withWorkers(workers)
                .withLeastAtOnce(1);
        Ciphers ciphers =
                (kind, keyset) -> kind.equals(Ciphers.TINK) ? keys.get().cipher(keyset) : cipher;
        return new Workflow(new Means(
                plan,
                Database.of(sessions),
                keys,
                ciphers,
                streams,
                settings,
                new ShortLock(
                        new Patience(10, Duration.ofMillis(50), Duration.ofSeconds(1), () -> 1L),
                        Duration.ofMillis(1500))));
    }

    public InPlaceLife expand() {
        workflow().expand(Selection.ALL);
        return this;
    }

    public BackfillReport backfill() {
        return workflow().backfill(Selection.ALL, Optional.of("a test"));
    }

    public VerifyReport verify() {
        return workflow().verify(Selection.ALL);
    }

    public RollbackReport rollback() {
        return workflow().rollback(Selection.ALL);
    }

    /** A ciphertext as this life's cipher makes it for a column bound to nothing more than its context. */
    public String sealed(String value, String context) {
        return new String(
                cipher.seal(Plaintext.owning(value.getBytes(StandardCharsets.UTF_8)), ofColumn(context)),
                StandardCharsets.US_ASCII);
    }

    /** What a column says, by the table's {@code id}: ciphertexts are opened, other values are as they are. */
    public static Map<Long, Optional<String>> readable(TestDatabase database, String table, String column)
            throws SQLException {
        Map<Long, Optional<String>> all = new TreeMap<>();
        database.rows("SELECT id, %s FROM %s".formatted(column, table))
                .forEach(row -> all.put(
                        Long.parseLong(String.valueOf(row.get(0))),
                        Optional.ofNullable(row.get(1)).map(v -> clear(v, "public.%s.%s".formatted(table, column)))));
        return all;
    }

    private static String clear(@Nullable String value, String context) {
        String text = String.valueOf(value);
        return text.matches(CiphertextForm.TRANSIT_PATTERN)
                ? new String(
                        transit()
                                .open(text.getBytes(StandardCharsets.US_ASCII), ofColumn(context))
                                .revealBytes(),
                        StandardCharsets.UTF_8)
                : text;
    }

    private static AssociatedData ofColumn(String context) {
        return AssociatedData.ofColumn(context, new Encoding(Encoding.Form.PGTEXT_1, 0));
    }
}
