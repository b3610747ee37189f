package dev.sealway.testing.vault;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A Vault in this process, over HTTP, with real cryptography in its Transit engine and a token for everything. Written
 * from Vault's and OpenBao's documentation and sources; {@link VaultContract} says what it was compared with.
 *
 * <p>Remembers requests without their bodies. Everything can be made to fail by the knobs. Thread-safe.
 */
public final class FakeVault implements AutoCloseable {

    /** A request that was received; {@code status} 0 if the connection was broken instead of an answer. */
    public record Seen(String method, String path, String namespace, String token, int status) {}

    private record Plan(Predicate<String> path, Meddling meddling) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread daemon = new Thread(task, "fake-vault");
        daemon.setDaemon(true);
        return daemon;
    });
    private final FakeAuth auth = new FakeAuth();
    private final FakePolicies policies = new FakePolicies();
    private final Map<String, FakeEngine> engines = new ConcurrentHashMap<>();
    private final String rootToken = auth.issue(Set.of("root"), 0, false);
    private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
    private final ConcurrentLinkedQueue<Plan> plans = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private final AtomicInteger untilExpiry = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicInteger untilLimit = new AtomicInteger(Integer.MAX_VALUE);
    private volatile Duration latency = Duration.ZERO;
    private volatile boolean sealed;
    private volatile @Nullable String redirect;

    private FakeVault(HttpServer server) {
        this.server = server;
        engines.put("secret", new FakeKv());
        engines.put("transit", new FakeTransit());
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** On a free port of the loopback, with {@code secret/} (key-value) and {@code transit/} mounted. */
    public static FakeVault start() {
        try {
            return new FakeVault(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new AssertionError("no port for the fake Vault", e);
        }
    }

    public String address() {
        return "http://127.0.0.1:%d".formatted(server.getAddress().getPort());
    }

    public String rootToken() {
        return rootToken;
    }

    /** Every answer comes that much later. */
    public void latency(Duration duration) {
        latency = duration;
    }

    public void seal() {
        sealed = true;
    }

    public void unseal() {
        sealed = false;
    }

    /** The next {@code requests} are served, all later ones throttled, until this is called again. */
    public void limitTo(int requests) {
        untilLimit.set(requests);
    }

    /** After that many more requests every token but the root's is worth nothing. */
    public void expireTokensAfter(int requests) {
        untilExpiry.set(requests);
    }

    /** That one is worth nothing from now on. */
    public void expire(String token) {
        auth.expire(token);
    }

    public void expireTokens() {
        auth.expireAll(rootToken);
    }

    /** As a standby does: every request is sent on to {@code other}; null ends it. */
    public void redirectTo(@Nullable String other) {
        redirect = other;
    }

    /** One request to a path that contains {@code part} is meddled with, for each of {@code meddlings} in turn. */
    public void next(String part, Meddling... meddlings) {
        for (Meddling meddling : meddlings) {
            plans.add(new Plan(path -> path.contains(part), meddling));
        }
    }

    /** What was to be meddled with and was not yet is left alone. */
    public void meddleNoMore() {
        plans.clear();
    }

    /** Kubernetes would vouch for {@code jwt}. */
    public void trust(String jwt, String serviceAccount) {
        auth.trust(jwt, serviceAccount);
    }

    public List<Seen> requests() {
        return List.copyOf(seen);
    }

    public long requests(String method, String path) {
        return requests().stream()
                .filter(one -> one.method().equals(method) && one.path().equals(path))
                .count();
    }

    public int logins() {
        return auth.logins.get();
    }

    public int renewals() {
        return auth.renewals.get();
    }

    /** How many requests were ever under way at once. */
    public int mostUnderWay() {
        return mostUnderWay.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        int now = underWay.incrementAndGet();
        mostUnderWay.accumulateAndGet(now, Math::max);
        try {
            Call call = call(exchange);
            if (!latency.isZero()) {
                Thread.sleep(latency.toMillis());
            }
            Optional<Answer> answer = meddled(call);
            seen.add(new Seen(
                    call.method(),
                    call.path(),
                    header(exchange, "X-Vault-Namespace"),
                    call.token(),
                    answer.map(Answer::status).orElse(0)));
            if (answer.isPresent()) {
                send(exchange, answer.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            underWay.decrementAndGet();
            exchange.close();
        }
    }

    private static Call call(HttpExchange exchange) throws IOException {
        return new Call(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath().replaceFirst("^/v1/", ""),
                Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), ""),
                header(exchange, "X-Vault-Token"),
                exchange.getRequestBody().readAllBytes());
    }

    private static String header(HttpExchange exchange, String name) {
        return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        answer.headers().forEach(headers::add);
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        if (answer.body().length > 0) {
            exchange.getResponseBody().write(answer.body());
        }
    }

    private Optional<Answer> meddled(Call call) {
        Optional<Plan> plan = plans.stream()
                .filter(p -> p.path().test(call.path()))
                .findFirst()
                .filter(plans::remove);
        return plan.isPresent() ? plan.get().meddling().answer(() -> answer(call)) : Optional.of(answer(call));
    }

    private Answer answer(Call call) {
        String elsewhere = redirect;
        if (elsewhere != null) {
            String query = call.query().isEmpty() ? "" : "?" + call.query();
            return new Answer(
                    307, Map.of("Location", "%s/v1/%s%s".formatted(elsewhere, call.path(), query)), new byte[0]);
        }
        if (call.path().equals("sys/health")) {
            return health();
        }
        if (sealed) {
            return Answer.error(503, "Vault is sealed");
        }
        if (untilLimit.get() != Integer.MAX_VALUE && untilLimit.getAndDecrement() <= 0) {
            return Answer.error(429, "request path \"%s\": rate limit quota exceeded".formatted(call.path()));
        }
        if (untilExpiry.getAndUpdate(n -> n == Integer.MAX_VALUE ? n : n - 1) == 0) {
            expireTokens();
            untilExpiry.set(Integer.MAX_VALUE);
        }
        return auth.isLogin(call) ? auth.answer(call) : authorised(call);
    }

    private Answer health() {
        return Answer.json(sealed ? 503 : 200, Map.of("initialized", true, "sealed", sealed, "standby", false));
    }

    private Answer authorised(Call call) {
        FakeAuth.FakeToken token = auth.find(call.token());
        if (token == null) {
            return Answer.error(403, "2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n");
        }
        String mount = engines.keySet().stream()
                .filter(known -> call.path().startsWith(known + "/"))
                .findFirst()
                .orElse("");
        String rest = call.behind(mount + "/");
        if (!policies.allow(token.policies, call.path(), capability(call, mount, rest))) {
            return Answer.error(403, "1 error occurred:\n\t* permission denied\n\n");
        }
        if (!mount.isEmpty()) {
            return Objects.requireNonNull(engines.get(mount)).answer(call, rest);
        }
        return call.path().startsWith("sys/") ? system(call) : auth.answer(call);
    }

    private String capability(Call call, String mount, String rest) {
        if (call.reads()) {
            return "read";
        }
        if (call.method().equals("DELETE")) {
            return "delete";
        }
        FakeEngine engine = engines.get(mount);
        return engine == null || engine.exists(rest) ? "update" : "create";
    }

    private Answer system(Call call) {
        String mount = call.behind("sys/mounts/");
        if (!mount.isEmpty() && call.writes()) {
            engines.put(mount, call.text("type").equals("transit") ? new FakeTransit() : new FakeKv());
            return Answer.none();
        }
        if (!mount.isEmpty() && call.method().equals("DELETE")) {
            engines.remove(mount);
            return Answer.none();
        }
        String method = call.behind("sys/auth/");
        if (!method.isEmpty()) {
            auth.enable(method, call.text("type"));
            return Answer.none();
        }
        String policy = call.behind("sys/policies/acl/");
        if (!policy.isEmpty()) {
            policies.put(policy, call.text("policy"));
            return Answer.none();
        }
        return Answer.error(404, "no handler for route");
    }
}
