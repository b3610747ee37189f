package dev.sealway.vault;

import io.github.jopenlibs.vault.json.JsonObject;
import io.github.jopenlibs.vault.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A version of a secret in the key-value engine: named fields. Never printed. */
public final class KvSecret implements KvReading {

    private final JsonObject fields;
    private final long version;

    KvSecret(JsonObject fields, long version) {
        this.fields = fields;
        this.version = version;
    }

    public long version() {
        return version;
    }

    /** The text of a field; empty if there is none of that name, or it is no text. */
    public Optional<String> revealText(String field) {
        JsonValue value = fields.get(field);
        return value != null && value.isString() ? Optional.of(value.asString()) : Optional.empty();
    }

    /** All fields as they are, but {@code field} with this text. */
    Map<String, Object> with(String field, String text) {
        Map<String, Object> all = new LinkedHashMap<>();
        fields.forEach(member -> all.put(member.getName(), member.getValue()));
        all.put(field, text);
        return all;
    }

    @Override
    public String toString() {
        return "KvSecret[version %d]".formatted(version);
    }
}
