package dev.sealway.testing;

import dev.sealway.Sealway;
import dev.sealway.crypto.tink.Algorithm;
import dev.sealway.crypto.tink.GeneratedBundle;
import dev.sealway.plan.Plan;
import dev.sealway.plan.Selection;
import dev.sealway.planfile.PlanReader;
import dev.sealway.progress.Progress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** A plan, fresh keys and a test database: what a scenario needs to live through the phases. */
public final class Life {

    private final TestDatabase database;
    private final Map<String, String> environment;
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private Plan plan;
    private DataSource sessions;
    private int batchSize = 100;
    private Consumer<String> hook = step -> {};

    private Life(TestDatabase database, Plan plan, Map<String, String> environment) {
        this.database = database;
        this.sessions = database.dataSource();
        this.plan = plan;
        this.environment = environment;
    }

    /** @param tables the plan from the key {@code tables} on, as YAML */
    public static Life of(TestDatabase database, String tables) {
        return new Life(database, plan(tables), Map.of("SEALWAY_KEYS", freshKeys()));
    }

    /** A new key bundle, as an environment variable would hold it. */
    public static String freshKeys() {
        try (GeneratedBundle bundle = GeneratedBundle.generate("test", Algorithm.AES256_GCM)) {
            return new String(bundle.material().revealBytes(), StandardCharsets.UTF_8);
        }
    }

    public static Plan plan(String tables) {
        return PlanReader.read("""
                sealway: 1
                name: test
                keys: { provider: env, ref: SEALWAY_KEYS }
                """ + tables, "test.yaml");
    }

    /** The same life under another plan. */
    public Life replan(String tables) {
        plan = plan(tables);
        return this;
    }

    /** The same life in other sessions, or in another database. */
    public Life through(DataSource other) {
        sessions = other;
        return this;
    }

    public Life batchesOf(int rows) {
        batchSize = rows;
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
        return Sealway.plan(plan)
                .environment(variables)
                .progress(progress)
                .batchSize(batchSize)
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
        toVerified();
        sealway().contract(Selection.ALL, phrase());
        return this;
    }

    public TestDatabase database() {
        return database;
    }
}
