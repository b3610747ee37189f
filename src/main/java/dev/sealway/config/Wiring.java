package dev.sealway.config;

import dev.sealway.audit.AuditPen;
import dev.sealway.batch.WalkListener;
import dev.sealway.batch.WalkSettings;
import dev.sealway.control.RunTerms;
import dev.sealway.crypto.Ciphers;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.KeyEncryptionKey;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.keys.BundlePlace;
import dev.sealway.keys.GivenBundle;
import dev.sealway.patience.Patience;
import dev.sealway.plan.Plan;
import dev.sealway.planfile.PlanReader;
import dev.sealway.progress.Progress;
import dev.sealway.workflow.Means;
import dev.sealway.workflow.Workflow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Puts a Sealway together from a plan and an environment. */
public final class Wiring {

    /**
     * Longer than the server's usual deadlock_timeout of one second: only then does it send an autovacuum away that holds
     * the table, and after a backfill there is one.
     */
    private static final Duration LOCK_TIMEOUT = Duration.ofMillis(1500);

    /**
     * Shorter than deadlock_timeout. Locked rows are passed by, but where one is updated and let go by one application and
     * taken by the next at that very moment, PostgreSQL waits for it all the same (it follows the row's updates without a
     * look at SKIP LOCKED); if that closes a circle, the application must not be the one that is ended.
     */
    private static final Duration BATCH_LOCK_TIMEOUT = Duration.ofMillis(500);

    private static final Duration BATCH_STATEMENT_TIMEOUT = Duration.ofSeconds(30);

    private Wiring() {}

    /** @throws dev.sealway.plan.PlanRefusedException with every fault of the file */
    public static Plan read(Path planFile) {
        return PlanReader.read(planFile);
    }

    /** Opens the key bundle when a phase first needs it, and keeps it. */
    public static Workflow wire(
            Plan plan, Map<String, String> environment, DataSource dataSource, WalkSettings settings, RunTerms terms) {
        VaultConnections vaults = new VaultConnections(environment);
        PlannedBundle bundle = new PlannedBundle(new KeySources(vaults), plan);
        Database database = database(dataSource).accompaniedBy(pen(plan, bundle, bundle::opened, environment));
        return wire(plan.completed(environment), bundle, bundle, vaults, database, settings, terms);
    }

    /** As {@link #wire(Plan, Map, DataSource, WalkSettings, RunTerms)}, with keys of the caller's. */
    public static Workflow wire(
            Plan plan, Supplier<KeyBundle> keys, DataSource dataSource, WalkSettings settings, RunTerms terms) {
        Database database = database(dataSource).accompaniedBy(pen(plan, keys, Optional::empty, Map.of()));
        return wire(plan, keys, new GivenBundle(keys), new VaultConnections(Map.of()), database, settings, terms);
    }

    /** Under the usual terms. */
    public static Workflow wire(Plan plan, Supplier<KeyBundle> keys, DataSource dataSource, WalkSettings settings) {
        return wire(plan, keys, dataSource, settings, RunTerms.USUAL);
    }

    /** It waits for minutes for a server that went away in the middle of a run. */
    private static Database database(DataSource dataSource) {
        return Database.of(dataSource).reconnecting(patience(30, Duration.ofMillis(100), Duration.ofSeconds(8)));
    }

    private static AuditPen pen(
            Plan plan,
            Supplier<KeyBundle> keys,
            Supplier<Optional<KeyBundle>> opened,
            Map<String, String> environment) {
        return new AuditPen(
                Operator.of(environment),
                plan.keys().isPresent() ? new BundleSigner(keys, opened) : AuditPen.Signer.NONE);
    }

    private static Workflow wire(
            Plan plan,
            Supplier<KeyBundle> keys,
            BundlePlace bundle,
            VaultConnections vaults,
            Database database,
            WalkSettings settings,
            RunTerms terms) {
        return new Workflow(new Means(
                plan,
                database,
                keys,
                bundle,
                new CipherSources(plan, keys, vaults),
                new StreamSources(plan, keys, kek(plan, vaults)),
                settings,
                new ShortLock(patience(10, Duration.ofMillis(200), Duration.ofSeconds(5)), LOCK_TIMEOUT),
                terms));
    }

    /** What wraps keysets where the plan has no bundle to keep them in: the first key of Transit that it names. */
    private static Supplier<KeyEncryptionKey> kek(Plan plan, VaultConnections vaults) {
        return plan.ciphers().stream()
                .filter(c -> c.kind().equals(Ciphers.VAULT_TRANSIT))
                .findFirst()
                .<Supplier<KeyEncryptionKey>>map(c -> () -> vaults.kek(c.settings()))
                .orElse(StreamSources.noKek(plan));
    }

    /** The settings that are used unless a caller knows better. */
    public static WalkSettings settings(Progress progress, int batchSize) {
        return new WalkSettings(
                batchSize,
                BATCH_LOCK_TIMEOUT,
                BATCH_STATEMENT_TIMEOUT,
                patience(14, Duration.ofMillis(50), Duration.ofSeconds(2)),
                progress,
                WalkListener.NONE);
    }

    private static Patience patience(int attempts, Duration first, Duration longest) {
        return new Patience(
                attempts, first, longest, () -> ThreadLocalRandom.current().nextLong());
    }
}
