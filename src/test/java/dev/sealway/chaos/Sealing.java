package dev.sealway.chaos;

import dev.sealway.Sealway;
import dev.sealway.Walking;
import dev.sealway.plan.Plan;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;

/**
 * By what plan and with which keys the people of a scene are sealed.
 *
 * @param applicationsSeal whether applications have the keys, too, and may write ciphertexts
 */
record Sealing(Plan plan, Map<String, String> environment, boolean applicationsSeal) {

    /** Short, because who is broken off leaves it behind, and the next run waits for its end. */
    static final Duration LEASE = Duration.ofSeconds(1);

    private static final String TABLES = """
            tables:
              public.people:
                columns:
                  email: { search: { normalizer: email, unique: carry, accept-leakage: "test" } }
                  name: {}
            """;

    /** With the keys of this process. */
    static final Sealing HERE = new Sealing(Life.plan(TABLES), Map.of("SEALWAY_KEYS", Keys.BUNDLE), true);

    Sealing {
        environment = Map.copyOf(environment);
    }

    /** By the key {@code people} of Transit; applications know nothing of it. */
    static Sealing inVault(String address, String token) {
        Map<String, String> login = Map.of("VAULT_ADDR", address, "VAULT_TOKEN", token);
        return new Sealing(Life.vaultPlan(TABLES), login, false);
    }

    Sealway sealway(DataSource sessions, Progress progress) {
        return sealway(sessions, progress, 1);
    }

    /** Batches are written as large ones are, in several transactions. */
    Sealway sealway(DataSource sessions, Progress progress, int workers) {
        return Walking.apart(Sealway.plan(plan))
                .environment(environment)
                .progress(progress)
                .batchSize(Settings.BATCH)
                .workers(workers)
                .lease(LEASE)
                .on(sessions);
    }
}
