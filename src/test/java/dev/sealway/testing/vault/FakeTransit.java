package dev.sealway.testing.vault;

import dev.sealway.testing.vault.FakeTransitKey.ItemError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The Transit engine: named keys, single requests and batches, with Vault's statuses for what goes wrong in them. */
final class FakeTransit implements FakeEngine {

    private final Map<String, FakeTransitKey> keys = new ConcurrentHashMap<>();

    @Override
    public boolean exists(String path) {
        String[] parts = path.split("/");
        return parts.length > 1 && keys.containsKey(parts[1]);
    }

    @Override
    public Answer answer(Call call, String path) {
        String[] parts = path.split("/");
        String name = parts.length > 1 ? parts[1] : "";
        return switch (parts[0]) {
            case "keys" -> keys(call, name, parts.length > 2 ? parts[2] : "");
            case "encrypt", "decrypt", "rewrap" -> call.writes() ? crypt(call, parts[0], name) : Answer.missing();
            default -> Answer.missing();
        };
    }

    private Answer keys(Call call, String name, String verb) {
        if (call.writes() && verb.isEmpty()) {
            return create(call, name);
        }
        FakeTransitKey key = keys.get(name);
        if (key == null) {
            return call.reads() ? Answer.missing() : Answer.error(400, "encryption key not found");
        }
        if (call.method().equals("DELETE")) {
            return key.deletable && keys.remove(name) != null
                    ? Answer.none()
                    : Answer.error(400, "error deleting policy: deletion is not allowed for this key");
        }
        switch (verb) {
            case "rotate" -> key.rotate();
            case "config" -> configure(call, key);
            default -> {
                return described(name, key);
            }
        }
        return described(name, key);
    }

    private Answer create(Call call, String name) {
        String type = call.text("type").isEmpty() ? "aes256-gcm96" : call.text("type");
        if (!FakeTransitKey.knows(type)) {
            return Answer.error(400, "unknown key type");
        }
        keys.putIfAbsent(name, new FakeTransitKey(type, call.is("derived")));
        return described(name, keys.get(name));
    }

    private static void configure(Call call, FakeTransitKey key) {
        Number least = call.number("min_decryption_version");
        key.minDecryption = least == null ? key.minDecryption : least.intValue();
        key.deletable = call.is("deletion_allowed") || key.deletable;
    }

    private static Answer described(String name, FakeTransitKey key) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("name", name);
        data.put("type", key.type);
        data.put("derived", key.derived);
        data.put("deletion_allowed", key.deletable);
        data.put("exportable", false);
        data.put("latest_version", key.latest());
        data.put("min_available_version", 0);
        data.put("min_decryption_version", key.minDecryption);
        data.put("min_encryption_version", 0);
        data.put("supports_encryption", true);
        data.put("supports_decryption", true);
        data.put("supports_derivation", key.isAead());
        data.put("supports_signing", !key.isAead());
        return Answer.data(200, data);
    }

    private Answer crypt(Call call, String verb, String name) {
        if (verb.equals("encrypt")) {
            keys.computeIfAbsent(name, absent -> new FakeTransitKey("aes256-gcm96", false));
        }
        FakeTransitKey key = keys.get(name);
        if (key == null) {
            return Answer.error(400, "encryption key not found");
        }
        return call.json().containsKey("batch_input") ? batch(call, verb, key) : single(call, verb, key);
    }

    private static Answer single(Call call, String verb, FakeTransitKey key) {
        try {
            Map<String, @Nullable Object> result = crypt(call.json(), verb, key);
            return Answer.data(200, result);
        } catch (ItemError e) {
            return Answer.error(e.internal ? 500 : 400, String.valueOf(e.getMessage()));
        }
    }

    private static Answer batch(Call call, String verb, FakeTransitKey key) {
        List<?> items = call.list("batch_input");
        if (items.isEmpty()) {
            return Answer.error(400, "missing batch input to process");
        }
        for (Object item : items) {
            if (!isWellFormed(item, verb)) {
                return Answer.error(500, "failed to parse batch input: 1 error(s) decoding");
            }
        }
        long withContext = items.stream()
                .filter(i -> ((Map<?, ?>) i).containsKey("context"))
                .count();
        if (withContext > 0 && withContext < items.size()) {
            return Answer.error(400, "context should be set either in all the request blocks or in none");
        }
        return results(call, verb, key, items);
    }

    private static boolean isWellFormed(Object item, String verb) {
        String needed = verb.equals("encrypt") ? "plaintext" : "ciphertext";
        boolean rewraps = verb.equals("rewrap");
        return item instanceof Map<?, ?> map
                && (map.get(needed) instanceof String || (rewraps && !map.containsKey(needed)));
    }

    private static Answer results(Call call, String verb, FakeTransitKey key, List<?> items) {
        List<Map<String, @Nullable Object>> results = new ArrayList<>();
        int done = 0;
        boolean theirs = false;
        boolean ours = false;
        for (Object item : items) {
            Map<?, ?> map = (Map<?, ?>) item;
            try {
                results.add(crypt(map, verb, key));
                done++;
            } catch (ItemError e) {
                if (verb.equals("rewrap") && e.internal) {
                    return Answer.error(500, String.valueOf(e.getMessage()));
                }
                theirs |= !e.internal && !isQuiet(map, key);
                ours |= e.internal;
                results.add(failed(verb, String.valueOf(e.getMessage()), map));
            }
        }
        int status = verb.equals("rewrap") ? 200 : theirs ? 400 : ours ? 500 : 200;
        Number asked = call.number("partial_failure_response_code");
        boolean lawful = asked != null && asked.intValue() >= 1 && asked.intValue() <= 599;
        return Answer.data(
                status != 200 && done > 0 && lawful ? asked.intValue() : status, Map.of("batch_results", results));
    }

    /** Associated data for a key that takes none is an item's error that leaves the status at 200. */
    private static boolean isQuiet(Map<?, ?> item, FakeTransitKey key) {
        return !key.isAead() && item.containsKey("associated_data");
    }

    private static Map<String, @Nullable Object> failed(String verb, String message, Map<?, ?> item) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        if (verb.equals("decrypt")) {
            result.put("plaintext", "");
        }
        result.put("error", message);
        result.put("reference", text(item, "reference"));
        return result;
    }

    private static Map<String, @Nullable Object> crypt(Map<?, ?> item, String verb, FakeTransitKey key)
            throws ItemError {
        boolean rewraps = verb.equals("rewrap");
        String associatedData = rewraps ? "" : text(item, "associated_data");
        if (!associatedData.isEmpty() && !key.isAead()) {
            throw new ItemError("associated_data provided but not supported by key type", false);
        }
        String context = text(item, "context");
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        if (verb.equals("encrypt")) {
            ciphertext(result, key, key.encrypt(text(item, "plaintext"), associatedData, context));
        } else {
            if (text(item, "ciphertext").isEmpty()) {
                throw new ItemError("missing ciphertext to decrypt", false);
            }
            String plaintext = key.decrypt(text(item, "ciphertext"), associatedData, context);
            if (rewraps) {
                ciphertext(result, key, key.encrypt(plaintext, "", context));
            } else {
                result.put("plaintext", plaintext);
            }
        }
        result.put("reference", text(item, "reference"));
        return result;
    }

    private static void ciphertext(Map<String, @Nullable Object> result, FakeTransitKey key, String ciphertext) {
        result.put("ciphertext", ciphertext);
        result.put("key_version", key.latest());
    }

    private static String text(Map<?, ?> item, String name) {
        return item.get(name) instanceof String text ? text : "";
    }
}
