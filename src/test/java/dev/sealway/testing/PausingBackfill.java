package dev.sealway.testing;

import dev.sealway.batch.WalkListener;
import dev.sealway.config.Wiring;
import dev.sealway.crypto.tink.TinkKeyBundle;
import dev.sealway.keys.KeyMaterial;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.workflow.ReencryptTerms;
import dev.sealway.workflow.Workflow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/** A backfill, or a re-encryption, in a process of its own, which stops with a batch sealed and not written, and waits to be killed. */
public final class PausingBackfill implements AutoCloseable {

    private static final String SIGN = "paused";

    private final Process process;

    private PausingBackfill(Process process) {
        this.process = process;
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
        BufferedReader output =
                new BufferedReader(new InputStreamReader(started.process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder heard = new StringBuilder();
        for (String line = output.readLine(); !SIGN.equals(line); line = output.readLine()) {
            if (line == null) {
                throw new IOException("the backfill ended before it paused: " + heard);
            }
            heard.append(line).append('\n');
        }
        return started;
    }

    /** SIGKILL: nothing of it gets to clean up. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
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
                    sleepForEver();
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
                    Wiring.settings(Progress.NONE, 50).withListener(pausing));
            if (args[3].equals("reencrypt")) {
                workflow.keys().reencrypt(Selection.ALL, ReencryptTerms.USUAL);
            } else {
                workflow.backfill(Selection.ALL);
            }
        }
    }

    private static void sleepForEver() {
        try {
            Thread.sleep(600_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
