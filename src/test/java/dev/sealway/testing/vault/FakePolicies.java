package dev.sealway.testing.vault;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Policies in the part of HCL that people write: {@code path "…" { capabilities = ["…"] }}, with a star at the end. */
final class FakePolicies {

    private static final Pattern RULE =
            Pattern.compile("path\\s+\"([^\"]+)\"\\s*\\{\\s*capabilities\\s*=\\s*\\[([^]]*)]\\s*}");
    private static final Pattern WORD = Pattern.compile("\"([a-z]+)\"");

    private final Map<String, String> texts = new ConcurrentHashMap<>(Map.of("default", """
            path "auth/token/lookup-self" { capabilities = ["read"] }
            path "auth/token/renew-self" { capabilities = ["update"] }
            path "auth/token/revoke-self" { capabilities = ["update"] }
            """));

    void put(String name, String hcl) {
        texts.put(name, hcl);
    }

    boolean allow(Set<String> policies, String path, String capability) {
        return policies.contains("root")
                || policies.stream().anyMatch(policy -> capabilities(texts.getOrDefault(policy, ""), path)
                        .contains(capability));
    }

    private static Set<String> capabilities(String hcl, String path) {
        Set<String> found = new HashSet<>();
        Matcher rule = RULE.matcher(hcl);
        while (rule.find()) {
            String pattern = rule.group(1);
            boolean matches = pattern.endsWith("*")
                    ? path.startsWith(pattern.substring(0, pattern.length() - 1))
                    : path.equals(pattern);
            if (matches) {
                WORD.matcher(rule.group(2)).results().forEach(word -> found.add(word.group(1)));
            }
        }
        return found;
    }
}
