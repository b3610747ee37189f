package dev.sealway.testing;

import dev.sealway.batch.WalkListener;
import dev.sealway.config.Wiring;
import dev.sealway.control.RunTerms;
import dev.sealway.crypto.tink.TinkKeyBundle;
import dev.sealway.error.SealwayException;
import dev.sealway.error.SealwayException.Outcome;
import dev.sealway.keys.KeyMaterial;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.workflow.ReencryptTerms;
import dev.sealway.workflow.Workflow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.postgresql.ds.PGSimpleDataSource;

/** A backfill, or a re-encryption, in a process of its own, which stops with a batch sealed and not written, and waits to be killed. */
public final class PausingBackfill implements AutoCloseable {

    private static final String SIGN = "paused";
    private static final String LEASE = "TEST_LEASE_MILLIS";
    private static final String WORKERS = "TEST_WORKERS";

    private final Process process;
    private final BufferedReader output;

    private PausingBackfill(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts it and waits until it stands still.
     *
     * @param tables the plan from the key {@code tables} on
     * @param batch the number of the batch that is sealed and not written, from 1
     */
    public static PausingBackfill start(Life life, String tables, int batch) throws IOException {
        return start(life, tables, batch, "backfill", life.environment());
    }

    /** As {@link #start(Life, String, int)}, with several workers, of which one stands still. */
    public static PausingBackfill startWithWorkers(Life life, String tables, int batch, int workers)
            throws IOException {
        Map<String, String> environment = new HashMap<>(life.environment());
        environment.put(WORKERS, Integer.toString(workers));
        return start(life, tables, batch, "backfill", environment);
    }

    /** As {@link #start(Life, String, int)}, with a lease of so many milliseconds. */
    public static PausingBackfill startWithLease(Life life, String tables, int batch, int lease) throws IOException {
        Map<String, String> environment = new HashMap<>(life.environment());
        environment.put(LEASE, Integer.toString(lease));
        return start(life, tables, batch, "backfill", environment);
    }

    /** As {@link #start(Life, String, int)}, for a re-encryption with other keys. */
    public static PausingBackfill startReencrypting(Life life, String tables, int batch, Map<String, String> keys)
            throws IOException {
        return start(life, tables, batch, "reencrypt", keys);
    }

    private static PausingBackfill start(
            Life life, String tables, int batch, String work, Map<String, String> environment) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                PausingBackfill.class.getName(),
                life.database().jdbcUrl(),
                tables,
                Integer.toString(batch),
                work);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        PausingBackfill started = new PausingBackfill(builder.start());
        StringBuilder heard = new StringBuilder();
        for (String line = started.output.readLine(); !SIGN.equals(line); line = started.output.readLine()) {
            if (line == null) {
                throw new IOException("the backfill ended before it paused: " + heard);
            }
            heard.append(line).append('\n');
        }
        return started;
    }

    /**
     * Runs what another run was killed in, for as long as it is refused: the server notices the dead sessions when it next
     * looks at their connections.
     */
    public static <T> T whenFree(Supplier<T> run) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return run.get();
            } catch (SealwayException e) {
                if (e.outcome() != Outcome.REFUSED || attempt >= 100) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    /** SIGKILL: nothing of it gets to clean up. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGSTOP: it stands still with everything it has, and knows nothing of it. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT, and on with the batch that it has in its hands; returns what it said before it ended. */
    public String thaw() throws IOException, InterruptedException {
        signal("CONT");
        process.outputWriter(StandardCharsets.UTF_8).append('\n').flush();
        StringBuilder heard = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            heard.append(line).append('\n');
        }
        process.waitFor();
        return heard.toString();
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    public static void main(String[] args) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(args[0]);
        AtomicInteger batches = new AtomicInteger(Integer.parseInt(args[2]));
        WalkListener pausing = new WalkListener() {
            @Override
            public void sealed(int rows) {
                if (batches.decrementAndGet() == 0) {
                    System.out.println(SIGN);
                    System.out.flush();
                    awaitLine();
                }
            }
        };
        byte[] bundle = System.getenv("SEALWAY_KEYS").getBytes(StandardCharsets.UTF_8);
        try (KeyMaterial material = KeyMaterial.owning(bundle, "")) {
            var keys = TinkKeyBundle.open(material, "a test");
            Workflow workflow = Wiring.wire(
                    Life.plan(args[1]),
                    () -> keys,
                    database,
                    Wiring.settings(Progress.NONE, 50)
                            .withListener(pausing)
                            .withWorkers(number(WORKERS, 1))
                            .withLeastAtOnce(1),
                    RunTerms.USUAL.withLease(Duration.ofMillis(number(LEASE, 60_000))));
            if (args[3].equals("reencrypt")) {
                workflow.keys().reencrypt(Selection.ALL, ReencryptTerms.USUAL);
            } else {
                workflow.backfill(Selection.ALL);
            }
        } catch (SealwayException e) {
            System.out.println(e.getMessage());
        }
    }

    private static int number(String variable, int otherwise) {
        return Integer.parseInt(System.getenv().getOrDefault(variable, Integer.toString(otherwise)));
    }

    private static void awaitLine() {
        try {
            System.in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
