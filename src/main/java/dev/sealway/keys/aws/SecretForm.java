package dev.sealway.keys.aws;

import dev.sealway.error.SealwayException;
import dev.sealway.json.Json;
import dev.sealway.json.NotJsonException;
import dev.sealway.keys.KeyNotFoundException;
import dev.sealway.keys.KeyRef;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * How a bundle lies in a secret: it is all of it, or one member of a JSON object, as a string or as an object.
 *
 * @param field the member's name; empty if the secret is the bundle
 */
record SecretForm(String place, Optional<String> field) {

    static final String SETTING = "field";

    static SecretForm of(KeyRef ref) {
        return new SecretForm(
                SecretsManagerKeyProvider.place(ref),
                Optional.ofNullable(ref.settings().get(SETTING)));
    }

    /** The bundle's bytes; of a version that was stored as a string in UTF-8. */
    byte[] open(GetSecretValueResponse secret) {
        if (field.isEmpty()) {
            return bytes(secret);
        }
        Object member = members(secret).get(field.get());
        if (member instanceof String text && !text.isBlank()) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        if (member instanceof Map<?, ?> bundle) {
            return Json.compact(bundle).getBytes(StandardCharsets.UTF_8);
        }
        throw new KeyNotFoundException(
                "%s, field %s".formatted(place, field.get()), "name the field that has it, or leave 'field' out");
    }

    /** The text of a new secret. */
    String first(byte[] bundle) {
        return text(bundle, new LinkedHashMap<>());
    }

    /** The text of a secret's next version: other members stay as they are. */
    String next(byte[] bundle, Supplier<GetSecretValueResponse> before) {
        return text(bundle, field.isEmpty() ? new LinkedHashMap<>() : members(before.get()));
    }

    private String text(byte[] bundle, Map<String, @Nullable Object> members) {
        String text = new String(bundle, StandardCharsets.UTF_8);
        if (field.isEmpty()) {
            return text;
        }
        members.put(field.get(), text);
        return Json.compact(members);
    }

    private Map<String, @Nullable Object> members(GetSecretValueResponse secret) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        if (parse(new String(bytes(secret), StandardCharsets.UTF_8)) instanceof Map<?, ?> object) {
            object.forEach((name, value) -> members.put((String) name, value));
            return members;
        }
        throw SealwayException.failed(
                "%s is not a JSON object, so it has no field; leave 'field' out if it is the bundle itself"
                        .formatted(place));
    }

    private static @Nullable Object parse(String text) {
        try {
            return Json.parse(text);
        } catch (NotJsonException e) {
            return null;
        }
    }

    private static byte[] bytes(GetSecretValueResponse secret) {
        @Nullable String text = secret.secretString();
        return text == null
                ? Objects.requireNonNull(secret.secretBinary()).asByteArray()
                : text.getBytes(StandardCharsets.UTF_8);
    }
}
