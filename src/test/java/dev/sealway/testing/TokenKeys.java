package dev.sealway.testing;

import dev.sealway.json.Json;
import java.util.List;
import java.util.Map;

/** Key bundles whose token keyset is edited, as a rotation would. */
public final class TokenKeys {

    private static final String KEYSET = "token/default";

    private TokenKeys() {}

    /** With one key more in {@code token/default}; the primary stays. */
    @SuppressWarnings("unchecked")
    public static String withOneMore(String bundle) {
        var document = (Map<String, Object>) Json.parse(bundle);
        var other = (Map<String, Object>) Json.parse(Life.freshKeys());
        ((List<Object>) keyset(document).get("key"))
                .addAll((List<Object>) keyset(other).get("key"));
        return Json.compact(document);
    }

    /** With the key that was added last as the primary. */
    @SuppressWarnings("unchecked")
    public static String promoted(String bundle) {
        var document = (Map<String, Object>) Json.parse(bundle);
        var keys = (List<Map<String, Object>>) keyset(document).get("key");
        keyset(document).put("primaryKeyId", keys.get(keys.size() - 1).get("keyId"));
        return Json.compact(document);
    }

    /** With the key that was added last alone. */
    @SuppressWarnings("unchecked")
    public static String withoutOlder(String bundle) {
        var document = (Map<String, Object>) Json.parse(promoted(bundle));
        var keys = (List<Object>) keyset(document).get("key");
        keys.subList(0, keys.size() - 1).clear();
        return Json.compact(document);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> keyset(Map<String, Object> bundle) {
        var keysets = (Map<String, Map<String, Map<String, Object>>>) (Map<?, ?>) (Map<?, ?>) bundle.get("keysets");
        return keysets.get(KEYSET).get("keyset");
    }
}
