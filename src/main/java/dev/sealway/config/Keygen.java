package dev.sealway.config;

import dev.sealway.crypto.KeyEncryptionKey;
import dev.sealway.crypto.KeysetInfo;
import dev.sealway.crypto.tink.Algorithm;
import dev.sealway.crypto.tink.GeneratedBundle;
import dev.sealway.error.SealwayException;
import dev.sealway.plan.KeySource;
import dev.sealway.plan.Plan;
import dev.sealway.planfile.KeyPlaceReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes new key bundles; nothing but a person's explicit wish may call it. */
public final class Keygen {
    private Keygen() {}

    /**
     * What may be told of a new bundle: everything but its material.
     *
     * @param place where it is kept now
     */
    public record NewBundle(String id, String place, String fingerprint, List<KeysetInfo> keysets) {
        public NewBundle {
            keysets = List.copyOf(keysets);
        }

        private static NewBundle of(GeneratedBundle bundle, String place) {
            return new NewBundle(bundle.id(), place, bundle.fingerprint(), bundle.keysets());
        }
    }

    /**
     * Into a new file, which only its owner can read.
     *
     * @throws SealwayException if the file exists, or the id or the algorithm is not allowed
     */
    public static NewBundle toFile(Path file, String bundleId, String algorithm) {
        return to(new KeySource("file", file.toString(), Map.of(), Optional.empty()), Map.of(), bundleId, algorithm);
    }

    /** Where {@code plan} says that its bundle lives, wrapped if it says so; otherwise as {@link #to(KeySource, Map, String, String)}. */
    public static NewBundle to(Plan plan, Map<String, String> environment, String bundleId, String algorithm) {
        return to(KeySources.of(plan), environment, bundleId, algorithm);
    }

    /**
     * Into a place that nothing was kept in before.
     *
     * @param environment the process's variables, which a provider may read
     * @throws SealwayException if there is something already, the place is read-only or does not answer, or the id or the
     *     algorithm is not allowed
     */
    public static NewBundle to(KeySource place, Map<String, String> environment, String bundleId, String algorithm) {
        KeySources sources = new KeySources(new VaultConnections(environment));
        Optional<KeyEncryptionKey> kek = sources.kek(place);
        try (GeneratedBundle bundle = GeneratedBundle.generate(bundleId, Algorithm.parse(algorithm), kek)) {
            sources.create(place, bundle.material());
            return NewBundle.of(bundle, KeySources.place(place));
        }
    }

    /**
     * A place as somebody typed it, for {@link #to(KeySource, Map, String, String)}.
     *
     * @param settings of the provider, by name, as a plan has them
     * @throws SealwayException with every fault
     */
    public static KeySource place(String provider, String ref, Map<String, String> settings) {
        return KeyPlaceReader.read(provider, ref, settings);
    }

    /**
     * Into a stream, whose reader is expected to keep secrets.
     *
     * @throws SealwayException if the stream did not take all of it
     */
    public static NewBundle to(PrintStream stream, String bundleId, String algorithm) {
        try (GeneratedBundle bundle = GeneratedBundle.generate(bundleId, Algorithm.parse(algorithm))) {
            stream.write(bundle.material().revealBytes());
            if (stream.checkError()) {
                throw notWritten();
            }
            return NewBundle.of(bundle, "the standard output");
        } catch (IOException e) {
            throw notWritten();
        }
    }

    private static SealwayException notWritten() {
        return SealwayException.failed("the key bundle could not be written out; nothing keeps it, make another");
    }
}
