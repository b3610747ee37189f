package dev.sealway.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tutorial's application in a process of its own, with callers that remember what they saved and compare every answer. */
public final class ServedPeople implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Tomcat started on port\\(?s?\\)?:? ?(\\d+)");
    private static final int CALLERS = 3;

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicLong served = new AtomicLong();
    private final List<Thread> callers = new ArrayList<>();
    private volatile boolean stop;

    private ServedPeople(Process process, int port) {
        this.process = process;
        this.address = "http://localhost:%d".formatted(port);
    }

    /** Starts what Maven packaged, on a port that is free, and calls it from then on. */
    public static ServedPeople start(MavenProject project, TestDatabase database) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        project.directory().resolve("target/people.jar").toString(),
                        "--server.port=0",
                        "--sealway.refresh=300ms",
                        "--spring.datasource.url=" + database.bareJdbcUrl(),
                        "--spring.datasource.username=" + database.user(),
                        "--spring.datasource.password=" + database.password())
                .redirectErrorStream(true);
        builder.environment().put("SEALWAY_KEYS", project.keys());
        Process process = builder.start();
        ServedPeople people = new ServedPeople(process, port(process.inputReader(StandardCharsets.UTF_8)));
        for (int caller = 0; caller < CALLERS; caller++) {
            int number = caller;
            Thread thread = new Thread(() -> people.call(number), "caller-" + caller);
            people.callers.add(thread);
            thread.start();
        }
        return people;
    }

    /** Reads on afterwards, so that the application never waits for a reader. */
    private static int port(BufferedReader output) throws IOException {
        StringBuilder told = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            told.append(line).append('\n');
            Matcher port = PORT.matcher(line);
            if (port.find()) {
                Thread reader = new Thread(() -> drain(output), "application-output");
                reader.setDaemon(true);
                reader.start();
                return Integer.parseInt(port.group(1));
            }
        }
        throw new IOException("the application did not start: " + told);
    }

    private static void drain(BufferedReader output) {
        try {
            while (output.readLine() != null) {
                // what it says while it serves is of no interest
            }
        } catch (IOException e) {
            // it was ended
        }
    }

    private void call(int number) {
        Random random = new Random(number);
        Map<Long, String> memory = new HashMap<>();
        try {
            for (long n = 0; !stop; n++) {
                long id = 1_000 + number + CALLERS * (long) random.nextInt(50);
                String email = "w%d-%d@Example.org".formatted(number, n);
                String balance = "%d.5".formatted(n);
                expect("", request("PUT", "/people/%d?email=%s&balance=%s".formatted(id, email, balance)), "a save");
                memory.put(id, email);
                expect("%s %s0".formatted(email, balance), request("GET", "/people/" + id), "a read");
                expect("[%d]".formatted(id), request("GET", "/people?email=" + email), "a look-up");
                long first = 1 + random.nextInt(200);
                expect(
                        "first%d@example.org %d.%02d".formatted(first, first / 4, first % 4 * 25),
                        request("GET", "/people/" + first),
                        "a read of what was there before");
                served.incrementAndGet();
            }
            for (Map.Entry<Long, String> person : memory.entrySet()) {
                String read = request("GET", "/people/" + person.getKey());
                expect(person.getValue(), read.replaceFirst(" .*", ""), "the last look");
            }
        } catch (IOException e) {
            wrong.add(String.valueOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void expect(String wanted, String answer, String what) {
        if (!answer.equals(wanted)) {
            wrong.add("%s: '%s' instead of '%s'".formatted(what, answer, wanted));
        }
    }

    private String request(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    public String health() throws IOException, InterruptedException {
        return request("GET", "/health/sealway");
    }

    /** Waits until callers were served so many times more. */
    public void await(int more) throws InterruptedException {
        long until = served.get() + more;
        while (served.get() < until && callers.stream().anyMatch(Thread::isAlive)) {
            Thread.sleep(20);
        }
    }

    /** Ends all calls, after a last look at everything that was saved. */
    public void stop() throws InterruptedException {
        stop = true;
        for (Thread caller : callers) {
            caller.join();
        }
    }

    /** Answers that were not what was saved; must stay empty. */
    public List<String> wrong() {
        return List.copyOf(wrong);
    }

    @Override
    public void close() throws InterruptedException {
        stop();
        process.destroy();
        process.waitFor();
    }
}
