package dev.sealway.crypto.tink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.crypto.AssociatedData;
import dev.sealway.crypto.KeyEdit;
import dev.sealway.crypto.KeyEdit.Kind;
import dev.sealway.crypto.KeyEncryptionKey;
import dev.sealway.crypto.KeysetInfo;
import dev.sealway.crypto.OpenFailedException;
import dev.sealway.crypto.OpenFailedException.Reason;
import dev.sealway.crypto.Plaintext;
import dev.sealway.error.SealwayException;
import dev.sealway.keys.KeyMaterial;
import dev.sealway.testing.RemoteKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BundleEditorTest {

    private static final String DATA = "data/default";

    private enum Form {
        CLEAR,
        WRAPPED;

        private final Optional<KeyEncryptionKey> kek =
                name().equals("CLEAR") ? Optional.empty() : Optional.of(new RemoteKey());
    }

    private static String fresh(Form form) {
        try (var generated = GeneratedBundle.generate("prod", Algorithm.XAES_256_GCM_192_BIT_NONCE, form.kek)) {
            return text(generated.material());
        }
    }

    private static String edit(Form form, String bundle, KeyEdit... edits) {
        try (KeyMaterial material = material(bundle);
                KeyMaterial made = new BundleEditor("a test", form.kek).edit(material, List.of(edits))) {
            return text(made);
        }
    }

    private static TinkKeyBundle open(Form form, String bundle) {
        return TinkKeyBundle.open(material(bundle), "a test", form.kek);
    }

    private static KeysetInfo data(Form form, String bundle) {
        return open(form, bundle).keysets().get(0);
    }

    private static KeyMaterial material(String bundle) {
        return KeyMaterial.owning(bundle.getBytes(StandardCharsets.UTF_8), "");
    }

    private static String text(KeyMaterial material) {
        return new String(material.revealBytes(), StandardCharsets.UTF_8);
    }

    private static KeyEdit change(long key, Kind kind) {
        return new KeyEdit.Change(DATA, key, kind);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void leadsAKeyThroughItsLife(Form form) {
        String first = fresh(form);
        long old = data(form, first).primaryKeyId();
        byte[] sealed = open(form, first).cipher(DATA).seal(value(), AssociatedData.none());

        String added = edit(form, first, new KeyEdit.Add(DATA));
        long young = data(form, added).keyIds().get(1);
        assertThat(data(form, added).primaryKeyId()).isEqualTo(old);
        assertThat(data(form, added).keyIds()).containsExactly(old, young);

        String promoted = edit(form, added, change(young, Kind.PROMOTE));
        assertThat(data(form, promoted).primaryKeyId()).isEqualTo(young);
        assertThat(open(form, promoted).cipher(DATA).open(sealed, AssociatedData.none()))
                .isEqualTo(value());
        byte[] fresher = open(form, promoted).cipher(DATA).seal(value(), AssociatedData.none());
        assertThat(open(form, added).cipher(DATA).open(fresher, AssociatedData.none()))
                .isEqualTo(value());
        assertThat(reason(form, first, fresher)).isEqualTo(Reason.UNKNOWN_KEY);

        String disabled = edit(form, promoted, change(old, Kind.DISABLE));
        assertThat(data(form, disabled).keyIds()).containsExactly(young);
        assertThat(data(form, disabled).disabledKeyIds()).containsExactly(old);
        assertThat(reason(form, disabled, sealed)).isEqualTo(Reason.DISABLED_KEY);

        String enabled = edit(form, disabled, change(old, Kind.ENABLE));
        assertThat(open(form, enabled).cipher(DATA).open(sealed, AssociatedData.none()))
                .isEqualTo(value());

        String destroyed = edit(form, disabled, change(old, Kind.DESTROY));
        assertThat(data(form, destroyed).has(old)).isFalse();
        assertThat(reason(form, destroyed, sealed)).isEqualTo(Reason.UNKNOWN_KEY);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void leavesEverythingElseAsItIs(Form form) {
        String before = fresh(form);
        String after = edit(form, before, new KeyEdit.Add(DATA), new KeyEdit.Add("token/default"));
        assertThat(open(form, after).id()).isEqualTo("prod");
        List<KeysetInfo> expected = new ArrayList<>(open(form, before).keysets());
        List<KeysetInfo> found = new ArrayList<>(open(form, after).keysets());
        assertThat(found.get(1).keyIds()).hasSize(2).containsAll(expected.get(1).keyIds());
        assertThat(found.get(1).primaryKeyId()).isEqualTo(expected.get(1).primaryKeyId());
        assertThat(found.subList(2, found.size())).isEqualTo(expected.subList(2, expected.size()));
        for (KeysetInfo keyset : expected) {
            assertThat(open(form, after)
                            .acceptsCanary(keyset.name(), open(form, before).canary(keyset.name())))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    @DisplayName("T81 refuses what a key's state forbids, without a word of its material")
    void refusesWhatTheStateForbids(Form form) {
        String two = edit(form, fresh(form), new KeyEdit.Add(DATA));
        long primary = data(form, two).primaryKeyId();
        long other = data(form, two).keyIds().get(1);
        String disabled = edit(form, two, change(other, Kind.DISABLE));
        refuses(form, two, change(primary, Kind.DISABLE), "is the primary");
        refuses(form, two, change(other, Kind.DESTROY), "is not disabled: disable it first");
        refuses(form, two, change(other, Kind.ENABLE), "is not disabled: nothing is left to do");
        refuses(form, disabled, change(other, Kind.DISABLE), "is not enabled: nothing is left to do");
        refuses(form, disabled, change(other, Kind.PROMOTE), "is not enabled: it cannot seal");
        refuses(form, two, change(1, Kind.PROMOTE), "has no key 1; 'sealway keys status'");
        refuses(form, two, new KeyEdit.Add("data/other"), "key bundle prod has no keyset data/other");
    }

    private static void refuses(Form form, String bundle, KeyEdit edit, String words) {
        assertThatThrownBy(() -> edit(form, bundle, edit))
                .isInstanceOfSatisfying(SealwayException.class, e -> assertThat(e.outcome())
                        .isEqualTo(SealwayException.Outcome.REFUSED))
                .hasMessageContaining(words)
                .hasNoCause()
                .satisfies(e -> assertThat(Bundles.material(bundle))
                        .noneMatch(m -> String.valueOf(e.getMessage()).contains(m)));
    }

    private static Reason reason(Form form, String bundle, byte[] sealed) {
        try {
            open(form, bundle).cipher(DATA).open(sealed, AssociatedData.none());
        } catch (OpenFailedException e) {
            return e.reason();
        }
        throw new AssertionError("should not have opened");
    }

    private static Plaintext value() {
        return Plaintext.owning("value".getBytes(StandardCharsets.UTF_8));
    }
}
