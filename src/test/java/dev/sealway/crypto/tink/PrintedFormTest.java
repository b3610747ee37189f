package dev.sealway.crypto.tink;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.sealway.crypto.AssociatedData;
import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.Encoding;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.KeyEdit;
import dev.sealway.crypto.LengthPrefixed;
import dev.sealway.crypto.MultisetHash;
import dev.sealway.crypto.OpenFailedException;
import dev.sealway.crypto.Plaintext;
import dev.sealway.crypto.transit.TransitCipher;
import dev.sealway.crypto.transit.TransitKeyEncryptionKey;
import dev.sealway.json.Json;
import dev.sealway.keys.GivenBundle;
import dev.sealway.keys.KeyMaterial;
import dev.sealway.keys.KeyNotFoundException;
import dev.sealway.keys.KeyRef;
import dev.sealway.keys.KeyUnavailableException;
import dev.sealway.keys.aws.KmsKeyEncryptionKey;
import dev.sealway.keys.aws.SecretsManagerKeyProvider;
import dev.sealway.keys.env.EnvKeyProvider;
import dev.sealway.keys.file.FileKeyProvider;
import dev.sealway.keys.vault.VaultKvKeyProvider;
import dev.sealway.search.BlindIndex;
import dev.sealway.search.LeakageGate;
import dev.sealway.search.Normalizer;
import dev.sealway.search.SearchToken;
import dev.sealway.search.TokenLength;
import dev.sealway.search.ValueDistribution;
import dev.sealway.testing.RemoteKey;
import dev.sealway.vault.Transit;
import dev.sealway.vault.TransitSettings;
import dev.sealway.vault.VaultConnection;
import dev.sealway.vault.VaultSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("T35 toString of every public type tells no material and does not throw")
class PrintedFormTest {

    private static final String VALUE = "CANARY@example.com";

    private final String json = Bundles.fresh(Algorithm.AES256_GCM);
    private final TinkKeyBundle bundle = Bundles.open(json);
    private final SearchToken token = SearchToken.of(
            bundle.prf(KeyBundle.TOKEN_KEYSET), BlindIndex.of("c", "eq", Normalizer.EMAIL_1, 128), plaintext());

    @Test
    void tellsNoSecret() {
        Set<String> secrets = Bundles.material(json);
        secrets.add("CANARY");
        secrets.add(HexFormat.of().formatHex(token.bytes()));

        for (Object one : oneOfEach()) {
            assertThat(secrets).allSatisfy(secret -> assertThat(one.toString()).doesNotContain(secret));
        }
    }

    @Test
    void isTriedOnEveryPublicType() {
        Set<String> tried = oneOfEach().stream()
                .map(one -> one.getClass().getName())
                .collect(Collectors.toCollection(TreeSet::new));

        var types = new ClassFileImporter()
                .importPaths(Stream.of("crypto", "keys", "search", "json")
                        .map(Path.of("target/classes/dev/sealway")::resolve)
                        .toList());

        assertThat(tried)
                .containsAll(types.stream()
                        .filter(PrintedFormTest::hasInstances)
                        .map(JavaClass::getName)
                        .toList());
    }

    private static boolean hasInstances(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && !type.isInterface()
                && !type.isEnum()
                && type.getMethods().stream().anyMatch(m -> !m.getModifiers().contains(JavaModifier.STATIC));
    }

    private List<Object> oneOfEach() {
        List<Object> all = new ArrayList<>(crypto());
        all.addAll(keys());
        all.addAll(search());
        all.add(caught(() -> Json.parse(VALUE)));
        return all;
    }

    private List<Object> crypto() {
        var encoding = Encoding.parse("pgtext/1");
        var streams = new WrappedStreams(new RemoteKey());
        return List.of(
                streams,
                streams.begin("x"),
                bundle.streams("backup/default"),
                bundle.mac("audit/default"),
                new MultisetHash(),
                new KeyEdit.Add("data/default"),
                new KeyEdit.Change("data/default", 1, KeyEdit.Kind.PROMOTE),
                new BundleEditor("somewhere", Optional.empty()),
                bundle,
                bundle.cipher("data/default"),
                bundle.prf("token/default"),
                GeneratedBundle.generate("x", Algorithm.AES256_GCM),
                bundle.keysets().get(0),
                plaintext(),
                encoding,
                AssociatedData.ofRow("c", encoding, List.of(VALUE)),
                LengthPrefixed.of(VALUE),
                new Attempt.Done<>(plaintext()),
                new Attempt.Failed<>(OpenFailedException.badPadding()),
                OpenFailedException.badPadding(),
                caught(() -> Bundles.open(json.replace("\"aead\"", '"' + VALUE + '"'))));
    }

    private List<Object> keys() {
        return List.of(
                KeyMaterial.owning(json.getBytes(StandardCharsets.UTF_8), ""),
                KeyRef.of("KEYS"),
                new KeyNotFoundException("somewhere", "make one"),
                new KeyUnavailableException("somewhere", "it is down", "wait"),
                new GivenBundle(() -> bundle),
                new EnvKeyProvider(Map.of("KEYS", json)),
                new FileKeyProvider(),
                new SecretsManagerKeyProvider(),
                KmsKeyEncryptionKey.of(Map.of("key", "alias/shop")),
                new VaultKvKeyProvider(vault()),
                new TransitKeyEncryptionKey(vault(), "transit", "kek"),
                new TransitCipher(new Transit(vault(), TransitSettings.of("transit", "shop"))));
    }

    private static VaultConnection vault() {
        return VaultConnection.open(
                VaultSettings.of(Map.of(), Map.of("VAULT_ADDR", "http://localhost:1", "VAULT_TOKEN", VALUE)));
    }

    private List<Object> search() {
        var unlawful = new ValueDistribution(10, 2, 9);
        return List.of(
                token,
                BlindIndex.of("c", "eq", Normalizer.EMAIL_1, 128),
                caught(() -> Normalizer.E164_1.normalize(plaintext())),
                TokenLength.forRows(1000),
                new TokenLength.Existing(8, TokenLength.Existing.UNBOUNDED),
                unlawful,
                LeakageGate.judge(new ValueDistribution(10, 10, 1), Normalizer.EXACT_1, false, Optional.empty()),
                LeakageGate.judge(unlawful, Normalizer.EXACT_1, false, Optional.empty()),
                LeakageGate.judge(unlawful, Normalizer.EXACT_1, false, Optional.of("reports need it")));
    }

    private static Throwable caught(ThrowingCallable call) {
        return Assertions.catchThrowable(call);
    }

    private static Plaintext plaintext() {
        return Plaintext.owning(VALUE.getBytes(StandardCharsets.UTF_8));
    }
}
