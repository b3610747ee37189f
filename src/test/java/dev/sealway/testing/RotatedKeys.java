package dev.sealway.testing;

import dev.sealway.crypto.KeyEdit;
import dev.sealway.crypto.KeysetInfo;
import dev.sealway.crypto.tink.BundleEditor;
import dev.sealway.crypto.tink.TinkKeyBundle;
import dev.sealway.keys.KeyMaterial;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Bundles in clear at the stations of a rotation of {@code data/default}. */
public final class RotatedKeys {

    private static final String DATA = "data/default";

    private RotatedKeys() {}

    /** With a fresh key beside the primary. */
    public static String added(String bundle) {
        return edited(bundle, new KeyEdit.Add(DATA));
    }

    /** With the youngest key as the primary. */
    public static String promoted(String bundle) {
        return edited(bundle, new KeyEdit.Change(DATA, newest(bundle), KeyEdit.Kind.PROMOTE));
    }

    public static long primary(String bundle) {
        return info(bundle).primaryKeyId();
    }

    /** Of the keys that open. */
    public static long newest(String bundle) {
        List<Long> ids = info(bundle).keyIds();
        return ids.get(ids.size() - 1);
    }

    public static KeysetInfo info(String bundle) {
        try (KeyMaterial material = material(bundle)) {
            return TinkKeyBundle.open(material, "a test").keysets().stream()
                    .filter(k -> k.name().equals(DATA))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String edited(String bundle, KeyEdit edit) {
        try (KeyMaterial material = material(bundle);
                KeyMaterial made = new BundleEditor("a test", Optional.empty()).edit(material, List.of(edit))) {
            return new String(made.revealBytes(), StandardCharsets.UTF_8);
        }
    }

    private static KeyMaterial material(String bundle) {
        return KeyMaterial.owning(bundle.getBytes(StandardCharsets.UTF_8), "");
    }
}
