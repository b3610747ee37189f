package dev.sealway.bench;

import dev.sealway.crypto.AssociatedData;
import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.Ciphers;
import dev.sealway.crypto.FieldCipher;
import dev.sealway.crypto.Plaintext;
import dev.sealway.crypto.transit.TransitCipher;
import dev.sealway.testing.vault.Administrator;
import dev.sealway.testing.vault.FakeVault;
import dev.sealway.vault.Transit;
import dev.sealway.vault.TransitSettings;
import dev.sealway.vault.VaultConnection;
import dev.sealway.vault.VaultSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * How much of a slow Vault's time a backfill uses: {@code make bench-transit}.
 *
 * <p>The fake Vault answers every request 50 ms late, and gets 100 values in each. It lives in this very process and does
 * real AES-GCM, on the same processors as PostgreSQL, which has fsync on.
 */
public final class TransitBench {

    private static final Duration LATENCY = Duration.ofMillis(50);
    private static final int REQUEST_ITEMS = 100;
    private static final int MANY = 10;
    private static final List<Integer> BATCHES = List.of(100, 1_000);
    private static final AssociatedData OF_NOTHING = AssociatedData.none();

    private final int rounds;
    private final int rows;
    private final FakeVault vault;
    private final BenchedTable table;
    private final Map<String, List<Double>> rates = new LinkedHashMap<>();

    private TransitBench(int rounds, int rows, FakeVault vault, BenchedTable table) {
        this.rounds = rounds;
        this.rows = rows;
        this.vault = vault;
        this.table = table;
    }

    /** Arguments: rounds (default 5), rows (default 40000). */
    public static void main(String[] args) throws Exception {
        // the server of the JDK holds small answers back for 40 ms unless told otherwise
        System.setProperty("sun.net.httpserver.nodelay", "true");
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        int rows = args.length > 1 ? Integer.parseInt(args[1]) : 40_000;
        try (FakeVault vault = FakeVault.start();
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .start()) {
            new Administrator(vault).post("transit/keys/people", Map.of());
            vault.latency(LATENCY);
            new TransitBench(rounds, rows, vault, new BenchedTable(postgres.getPostgresDatabase(), rows)).run();
        }
    }

    private void run() throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%d rows, %d rows a request, %d ms a request; Java %s on %s, %d processors; %d rounds after one to warm up%n",
                rows,
                REQUEST_ITEMS,
                LATENCY.toMillis(),
                System.getProperty("java.version"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                rounds);
        round();
        rates.clear();
        for (int round = 1; round <= rounds; round++) {
            round();
        }
        rates.forEach((what, all) -> System.out.printf(
                Locale.ROOT,
                "%-66s %,9.0f rows/s   (%,.0f to %,.0f)%n",
                what,
                median(all),
                Collections.min(all),
                Collections.max(all)));
        ratio("b/a", "b ", "a ", 8);
        for (int batch : BATCHES) {
            ratio("c/d, batches of " + batch, "c " + batch + " ", "d " + batch + " ", 0.8);
        }
    }

    private void round() throws Exception {
        measured("a  1 request in flight, nothing written", () -> sealed(transit(1), rows / MANY));
        measured("b  10 requests in flight, nothing written", () -> sealed(transit(MANY), rows));
        for (int batch : BATCHES) {
            measured(
                    "c %d rows a batch, 10 requests in flight, whole backfill".formatted(batch),
                    () -> table.backfill(only(transit(MANY)), batch));
            measured(
                    "d %d rows a batch, a cipher that only waits, whole backfill".formatted(batch),
                    () -> table.backfill(only(new WaitingCipher(REQUEST_ITEMS, MANY, LATENCY)), batch));
        }
    }

    private void measured(String what, Callable<Double> rate) throws Exception {
        rates.computeIfAbsent(what, w -> new ArrayList<>()).add(rate.call());
    }

    private TransitCipher transit(int inFlight) {
        Map<String, String> login = Map.of("VAULT_ADDR", vault.address(), "VAULT_TOKEN", vault.rootToken());
        VaultSettings settings = VaultSettings.of(Map.of("in-flight", Integer.toString(inFlight)), login);
        Transit transit = new Transit(
                VaultConnection.open(settings), new TransitSettings("transit", "people", REQUEST_ITEMS, 8_000_000));
        transit.freshKey();
        return new TransitCipher(transit);
    }

    private static Ciphers only(FieldCipher cipher) {
        return (kind, keyset) -> cipher;
    }

    /** @return rows per second */
    private static double sealed(FieldCipher cipher, int count) {
        List<Plaintext> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(Plaintext.owning("somebody.%d@example.org".formatted(i).getBytes(StandardCharsets.US_ASCII)));
        }
        AssociatedData[] places = new AssociatedData[count];
        Arrays.fill(places, OF_NOTHING);
        long start = System.nanoTime();
        List<Attempt<byte[]>> sealed = cipher.sealAll(values, List.of(places));
        double seconds = (System.nanoTime() - start) / 1e9;
        sealed.forEach(Attempt::orThrow);
        return count / seconds;
    }

    private void ratio(String name, String above, String below, double target) {
        double ratio = median(of(above)) / median(of(below));
        System.out.printf(
                Locale.ROOT,
                "%-24s %.2f (target at least %.1f: %s)%n",
                name,
                ratio,
                target,
                ratio >= target ? "reached" : "missed");
    }

    private List<Double> of(String prefix) {
        return rates.entrySet().stream()
                .filter(e -> e.getKey().startsWith(prefix))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static double median(List<Double> rates) {
        List<Double> sorted = rates.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
