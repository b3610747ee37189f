package dev.sealway.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A {@link Worker}, seen from the process that kills it. */
final class Child implements AutoCloseable {

    private static final Set<String> SIGNS = Set.of(Worker.STANDING, Worker.FAILED, Worker.ENDED);

    private final Process process;
    private final BufferedReader output;
    private final Heard heard;

    private Child(Process process, Heard heard) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.heard = heard;
    }

    /** Starts one, which gets warm while others are at work. */
    static Child spawn(Heard heard) throws IOException {
        return spawn(heard, Optional.of(Keys.BUNDLE));
    }

    /** @param keys what the environment holds for it */
    static Child spawn(Heard heard, Optional<String> keys) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName()));
        builder.environment().put("SEALWAY_KEYS", keys.orElse(""));
        builder.redirectErrorStream(true);
        return new Child(builder.start(), heard);
    }

    /** Gives it its job. */
    void put(Worker.Job job) throws IOException {
        await(Set.of(Worker.READY));
        PrintStream input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        input.println(job.line());
    }

    /**
     * Waits until it stands still, failed or ended; all else that it prints is heard.
     *
     * @return the sign it gave; {@link Worker#FAILED} if it died without one
     */
    String await() throws IOException {
        return await(SIGNS);
    }

    /** As {@link #await}, without waiting. */
    CompletableFuture<String> sign() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return await();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private String await(Set<String> signs) throws IOException {
        for (String line = readLine(); line != null; line = readLine()) {
            if (signs.contains(line)) {
                return line;
            }
            if (line.startsWith("Exception in thread")) {
                throw new IOException("a worker died of %s".formatted(line));
            }
            heard.hear("what a process prints", line);
        }
        return Worker.FAILED;
    }

    /** Null when it is dead; the stream of a process that was killed may be closed under the reader. */
    private @Nullable String readLine() throws IOException {
        try {
            return output.readLine();
        } catch (IOException e) {
            if (process.isAlive()) {
                throw e;
            }
            return null;
        }
    }

    long pid() {
        return process.pid();
    }

    /** SIGSTOP: it stands still wherever it is, all of its threads. */
    void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /** SIGCONT: it goes on as if nothing had happened. */
    void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int code =
                new ProcessBuilder("kill", name, Long.toString(pid())).start().waitFor();
        if (code != 0) {
            throw new IOException("kill %s ended with %d".formatted(name, code));
        }
    }

    /** SIGKILL: nothing of it gets to clean up. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
