package dev.sealway.testing.vault;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Tokens and the ways to one: AppRole with its lockout, Kubernetes, a token made by another. */
final class FakeAuth {

    private static final int FAILURES_TO_LOCKOUT = 5;

    static final class FakeToken {
        final Set<String> policies;
        final long ttl;
        final boolean renewable;

        FakeToken(Set<String> policies, long ttl, boolean renewable) {
            this.policies = policies;
            this.ttl = ttl;
            this.renewable = renewable;
        }
    }

    /** @param renewable as the tokens of a role are, unless they are batch tokens */
    private record Role(
            String id,
            Set<String> policies,
            long ttl,
            boolean renewable,
            Set<String> secretIds,
            AtomicInteger failures) {}

    private final Map<String, FakeToken> tokens = new ConcurrentHashMap<>();
    private final Map<String, String> methods = new ConcurrentHashMap<>();
    private final Map<String, Role> roles = new ConcurrentHashMap<>();
    private final Map<String, String> serviceAccounts = new ConcurrentHashMap<>();
    final AtomicInteger logins = new AtomicInteger();
    final AtomicInteger renewals = new AtomicInteger();

    String issue(Set<String> policies, long ttl, boolean renewable) {
        String token = "hvs.CANARY-" + UUID.randomUUID();
        tokens.put(token, new FakeToken(policies, ttl, renewable));
        return token;
    }

    void expireAll(String except) {
        tokens.keySet().removeIf(token -> !token.equals(except));
    }

    void expire(String token) {
        tokens.remove(token);
    }

    @Nullable FakeToken find(String token) {
        return tokens.get(token);
    }

    void trust(String jwt, String serviceAccount) {
        serviceAccounts.put(jwt, serviceAccount);
    }

    void enable(String mount, String type) {
        methods.put(mount, type);
    }

    boolean isLogin(Call call) {
        return call.writes() && call.path().startsWith("auth/") && call.path().endsWith("/login");
    }

    Answer answer(Call call) {
        String path = call.behind("auth/");
        if (path.startsWith("token/")) {
            return token(call, path.substring(6));
        }
        String mount = methods.keySet().stream()
                .filter(known -> path.startsWith(known + "/"))
                .findFirst()
                .orElse("");
        String rest = path.substring(Math.min(path.length(), mount.length() + 1));
        return switch (methods.getOrDefault(mount, "")) {
            case "approle" -> approle(call, mount, rest);
            case "kubernetes" -> kubernetes(call, mount, rest);
            default -> Answer.error(404, "no handler for route");
        };
    }

    private Answer token(Call call, String verb) {
        FakeToken token = tokens.get(call.token());
        return switch (verb) {
            case "create" -> created(call);
            case "lookup-self" -> token == null ? Answer.denied() : lookup(token, call.token());
            case "renew-self" -> token == null ? Answer.denied() : renew(token, call.token());
            default -> Answer.missing();
        };
    }

    private Answer created(Call call) {
        Set<String> policies = names(call.list("policies"));
        policies.add("default");
        long ttl = seconds(call.json().get("ttl"));
        boolean renewable = !Boolean.FALSE.equals(call.json().get("renewable"));
        return granted(issue(policies, ttl, renewable), ttl, renewable, Map.of());
    }

    private static Answer lookup(FakeToken token, String id) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("accessor", "accessor");
        data.put("creation_time", 0);
        data.put("creation_ttl", token.ttl);
        data.put("display_name", "token");
        data.put("entity_id", "");
        data.put("expire_time", null);
        data.put("explicit_max_ttl", 0);
        data.put("id", id);
        data.put("meta", null);
        data.put("num_uses", 0);
        data.put("orphan", true);
        data.put("path", "auth/token/create");
        data.put("policies", List.copyOf(token.policies));
        data.put("renewable", token.renewable);
        data.put("ttl", token.ttl);
        data.put("type", "service");
        return Answer.data(200, data);
    }

    private Answer renew(FakeToken token, String id) {
        if (!token.renewable) {
            return Answer.error(400, "lease is not renewable");
        }
        renewals.incrementAndGet();
        return granted(id, token.ttl, true, Map.of());
    }

    private Answer approle(Call call, String mount, String rest) {
        if (rest.equals("login")) {
            return loginByRole(call);
        }
        String name = rest.replaceFirst("^role/", "").replaceFirst("/.*", "");
        String key = mount + "/" + name;
        if (call.writes() && rest.equals("role/" + name)) {
            roles.put(key, role(call));
            return Answer.none();
        }
        Role role = roles.get(key);
        if (role == null) {
            return Answer.missing();
        }
        if (rest.endsWith("/role-id")) {
            return Answer.data(200, Map.of("role_id", role.id));
        }
        String secretId = "CANARY-" + UUID.randomUUID();
        role.secretIds.add(secretId);
        return Answer.data(200, Map.of("secret_id", secretId, "secret_id_accessor", "accessor"));
    }

    private static Role role(Call call) {
        Set<String> policies = names(call.list("token_policies"));
        policies.add("default");
        return new Role(
                UUID.randomUUID().toString(),
                policies,
                seconds(call.json().get("token_ttl")),
                !call.text("token_type").equals("batch"),
                ConcurrentHashMap.newKeySet(),
                new AtomicInteger());
    }

    private Answer loginByRole(Call call) {
        logins.incrementAndGet();
        if (!call.json().containsKey("secret_id")) {
            return Answer.error(400, "missing secret_id");
        }
        Role role = roles.values().stream()
                .filter(known -> known.id.equals(call.text("role_id")))
                .findFirst()
                .orElse(null);
        if (role == null) {
            return Answer.error(400, "invalid role or secret ID");
        }
        if (role.failures.get() >= FAILURES_TO_LOCKOUT) {
            return Answer.denied();
        }
        if (!role.secretIds.contains(call.text("secret_id"))) {
            role.failures.incrementAndGet();
            return Answer.error(400, "invalid role or secret ID");
        }
        return granted(role, Map.of("role_name", "r"));
    }

    private Answer kubernetes(Call call, String mount, String rest) {
        if (rest.equals("config")) {
            return Answer.none();
        }
        if (!rest.equals("login")) {
            roles.put(mount + "/" + rest.replaceFirst("^role/", ""), role(call));
            return Answer.none();
        }
        logins.incrementAndGet();
        if (call.text("role").isEmpty() || call.text("jwt").isEmpty()) {
            return Answer.error(400, call.text("role").isEmpty() ? "missing role" : "missing jwt");
        }
        Role role = roles.get(mount + "/" + call.text("role"));
        if (role == null) {
            return Answer.error(400, "invalid role name \"%s\"".formatted(call.text("role")));
        }
        String account = serviceAccounts.get(call.text("jwt"));
        return account == null
                ? Answer.denied()
                : granted(role, Map.of("role", call.text("role"), "service_account_name", account));
    }

    private Answer granted(Role role, Map<String, String> metadata) {
        return granted(issue(role.policies, role.ttl, role.renewable), role.ttl, role.renewable, metadata);
    }

    private static Answer granted(String token, long ttl, boolean renewable, Map<String, String> metadata) {
        Map<String, @Nullable Object> auth = new LinkedHashMap<>();
        auth.put("client_token", token);
        auth.put("accessor", "accessor");
        auth.put("policies", List.of("default"));
        auth.put("token_policies", List.of("default"));
        auth.put("metadata", metadata);
        auth.put("lease_duration", ttl);
        auth.put("renewable", renewable);
        auth.put("entity_id", "");
        auth.put("token_type", "service");
        auth.put("orphan", true);
        auth.put("mfa_requirement", null);
        auth.put("num_uses", 0);
        return Answer.auth(auth);
    }

    private static Set<String> names(List<?> list) {
        Set<String> names = new HashSet<>();
        list.forEach(name -> names.add(String.valueOf(name)));
        return names;
    }

    private static long seconds(@Nullable Object ttl) {
        if (ttl instanceof Number number) {
            return number.longValue();
        }
        if (ttl instanceof String text && text.matches("[0-9]+[smh]?")) {
            long unit = text.endsWith("h") ? 3600 : text.endsWith("m") ? 60 : 1;
            return unit * Long.parseLong(text.replaceAll("[smh]", ""));
        }
        return 1200;
    }
}
