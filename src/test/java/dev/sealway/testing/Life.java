package dev.sealway.testing;

import dev.sealway.Sealway;
import dev.sealway.Walking;
import dev.sealway.crypto.tink.Algorithm;
import dev.sealway.crypto.tink.GeneratedBundle;
import dev.sealway.phase.contract.ContractReport;
import dev.sealway.plan.Plan;
import dev.sealway.plan.Selection;
import dev.sealway.planfile.PlanReader;
import dev.sealway.progress.Progress;
import dev.sealway.testing.vault.FakeVault;
import dev.sealway.workflow.ContractTerms;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * A plan, fresh keys and a test database: what a scenario needs to live through the phases. Batches of tables with several
 * indexes are written as large ones are, in four transactions.
 */
public final class Life {

    private static final String KEYS = "keys: { provider: env, ref: SEALWAY_KEYS }\n";
    private static final String TRANSIT = """
            ciphers: { transit: { kind: vault-transit, key: people, request-items: 50 } }
            defaults: { cipher: transit }
            """;

    private final TestDatabase database;
    private Map<String, String> environment;
    private final String head;
    private final String tables;
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private Plan plan;
    private DataSource sessions;
    private int batchSize = 100;
    private int workers = 2;
    private Consumer<String> hook = step -> {};

    private Life(TestDatabase database, String head, String tables, Map<String, String> environment) {
        this.database = database;
        this.sessions = database.dataSource();
        this.head = head;
        this.tables = tables;
        this.plan = read(head, tables);
        this.environment = environment;
    }

    /** @param tables the plan from the key {@code tables} on, as YAML */
    public static Life of(TestDatabase database, String tables) {
        return new Life(database, KEYS, tables, Map.of("SEALWAY_KEYS", freshKeys()));
    }

    /** A life whose tables are sealed by the key {@code people} of a Vault's Transit engine, without a key bundle. */
    public static Life onVault(TestDatabase database, FakeVault vault, String tables) {
        return new Life(database, TRANSIT, tables, vaultLogin(vault));
    }

    /** As {@link #onVault}, with a key bundle beside it: for search tokens and evidence. */
    public static Life onVaultWithKeys(TestDatabase database, FakeVault vault, String tables) {
        Map<String, String> environment = new HashMap<>(vaultLogin(vault));
        environment.put("SEALWAY_KEYS", freshKeys());
        return new Life(database, KEYS + TRANSIT, tables, environment);
    }

    /** The same life with a cipher that leaves its key to the environment. */
    public Life withoutTransitKey() {
        String keyless = head.replace("key: people, ", "");
        return new Life(database, keyless, tables, environment);
    }

    private static Map<String, String> vaultLogin(FakeVault vault) {
        return Map.of("VAULT_ADDR", vault.address(), "VAULT_TOKEN", vault.rootToken());
    }

    /** A new key bundle, as an environment variable would hold it. */
    public static String freshKeys() {
        try (GeneratedBundle bundle = GeneratedBundle.generate("test", Algorithm.AES256_GCM)) {
            return new String(bundle.material().revealBytes(), StandardCharsets.UTF_8);
        }
    }

    public static Plan plan(String tables) {
        return read(KEYS, tables);
    }

    private static Plan read(String head, String tables) {
        return PlanReader.read("""
                sealway: 1
                name: test
                """ + head + tables, "test.yaml");
    }

    /** A plan for the key {@code people} of Transit, without a key bundle. */
    public static Plan transitPlan(String tables) {
        return read(TRANSIT, tables);
    }

    /** A plan for the key {@code people} of Transit, with a key bundle that the same Vault keeps at {@code secret/chaos/keys}. */
    public static Plan vaultPlan(String tables) {
        return read("keys: { provider: vault-kv, ref: chaos/keys, mount: secret, field: value }\n" + TRANSIT, tables);
    }

    public Plan plan() {
        return plan;
    }

    /** The same life under another plan. */
    public Life replan(String tables) {
        plan = read(head, tables);
        return this;
    }

    /** The same life in other sessions, or in another database. */
    public Life through(DataSource other) {
        sessions = other;
        return this;
    }

    /** The same life with another key bundle. */
    public Life rekey(String bundle) {
        environment = Map.of("SEALWAY_KEYS", bundle);
        return this;
    }

    public Life batchesOf(int rows) {
        batchSize = rows;
        return this;
    }

    public Life workers(int many) {
        workers = many;
        return this;
    }

    /** Hears of every step and notice while it happens: the place to interfere. */
    public Life whenTold(Consumer<String> listener) {
        hook = listener;
        return this;
    }

    public Map<String, String> environment() {
        return environment;
    }

    public Sealway sealway() {
        return sealway(environment);
    }

    public Sealway sealway(Map<String, String> variables) {
        Progress progress = new Progress() {
            @Override
            public void done(String step) {
                told.add(step);
                hook.accept(step);
            }

            @Override
            public void notice(String text) {
                told.add(text);
                hook.accept(text);
            }
        };
        return Walking.apart(Sealway.plan(plan))
                .environment(variables)
                .progress(progress)
                .batchSize(batchSize)
                .workers(workers)
                .on(sessions);
    }

    /** Every step and notice so far. */
    public List<String> told() {
        return List.copyOf(told);
    }

    /** The phrase for everything that is left. */
    public String phrase() {
        return sealway().status(Selection.ALL).phrase().orElse("");
    }

    public Life expand() {
        sealway().expand(Selection.ALL);
        return this;
    }

    public Life toVerified() {
        expand();
        var backfill = sealway().backfill(Selection.ALL);
        if (!backfill.passed()) {
            throw new AssertionError("the backfill failed: " + backfill);
        }
        var verify = sealway().verify(Selection.ALL);
        if (!verify.passed()) {
            throw new AssertionError("verify failed: " + verify);
        }
        return this;
    }

    public Life toContracted() {
        toVerified().rehearse();
        sealway()
                .contract(
                        Selection.ALL,
                        new ContractTerms(phrase(), Optional.empty(), Optional.of("a safe, for the test")));
        return this;
    }

    /** The way back is tried, and must hold. */
    public Life rehearse() {
        var rehearsal = sealway().rehearse(Selection.ALL, 100);
        if (!rehearsal.passed()) {
            throw new AssertionError("the rehearsal failed: " + rehearsal);
        }
        return this;
    }

    /** Drops everything that is left, for tests that are not about the way back. */
    public ContractReport contract() {
        return sealway().contract(Selection.ALL, terms(phrase()));
    }

    /** Says everything that a drop asks for, and skips the rehearsal. */
    public static ContractTerms terms(String phrase) {
        return new ContractTerms(phrase, Optional.of(phrase), Optional.of("a safe, for the test"));
    }

    public TestDatabase database() {
        return database;
    }
}
