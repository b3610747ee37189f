package dev.sealway.crypto.tink;

import com.google.crypto.tink.KeysetHandle;
import dev.sealway.crypto.KeyEdit;
import dev.sealway.crypto.KeyEncryptionKey;
import dev.sealway.error.SealwayException;
import dev.sealway.json.Json;
import dev.sealway.keys.KeyMaterial;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes another key bundle of one, with some keys added, promoted, disabled or removed; whatever an edit does not name
 * stays as it is. What was made is opened once before it is given away. Messages name keysets and ids only.
 */
public final class BundleEditor {

    private final String place;
    private final Optional<KeyEncryptionKey> kek;
    private final KeysetForm form;

    /**
     * @param place where the bundle was found, for messages
     * @param kek under which its keysets are wrapped, and will be again; empty if they are not
     */
    public BundleEditor(String place, Optional<KeyEncryptionKey> kek) {
        this.place = place;
        this.kek = kek;
        this.form = KeysetForm.under(kek);
    }

    /**
     * @param material stays the caller's to close
     * @return the new bundle's, which is the caller's to close too
     * @throws BrokenBundleException if it is no bundle that can be opened
     * @throws SealwayException refused if an edit names a keyset or a key that is not there, or one whose state forbids it
     */
    public KeyMaterial edit(KeyMaterial material, List<KeyEdit> edits) {
        TinkKeyBundle before = TinkKeyBundle.open(material, place, kek);
        Map<String, Object> bundle = copy(Json.parse(new String(material.revealBytes(), StandardCharsets.UTF_8)));
        Map<String, Object> keysets = copy(bundle.get("keysets"));
        for (KeyEdit edit : edits) {
            if (!keysets.containsKey(edit.keyset())) {
                throw SealwayException.refused("key bundle %s has no keyset %s, only %s"
                        .formatted(before.id(), edit.keyset(), keysets.keySet()));
            }
            keysets.put(edit.keyset(), edited(edit, copy(keysets.get(edit.keyset()))));
        }
        bundle.put("keysets", keysets);
        KeyMaterial made = KeyMaterial.owning(Json.compact(bundle).getBytes(StandardCharsets.UTF_8), "");
        TinkKeyBundle.open(made, "memory", kek);
        return made;
    }

    private Map<String, Object> edited(KeyEdit edit, Map<String, Object> entry) {
        try {
            KeysetHandle keyset =
                    form.parse(edit.keyset(), (Map<?, ?>) Objects.requireNonNull(entry.get(form.member())));
            KeysetHandle made = new KeysetEditor(keyset, edit).edited();
            entry.put(form.member(), Objects.requireNonNull(form.write(edit.keyset(), made)));
            return entry;
        } catch (UnfitKeysetException | GeneralSecurityException e) {
            throw SealwayException.failed(
                    "keyset %s could not be changed: Tink makes no keyset of it".formatted(edit.keyset()));
        }
    }

    /** The bundle was opened before, so that everything is where it belongs. */
    private static Map<String, Object> copy(@Nullable Object object) {
        Map<String, Object> members = new LinkedHashMap<>();
        ((Map<?, ?>) Objects.requireNonNull(object))
                .forEach((name, value) -> members.put((String) name, Objects.requireNonNull(value)));
        return members;
    }
}
