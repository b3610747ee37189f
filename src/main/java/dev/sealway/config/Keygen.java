package dev.sealway.config;

import dev.sealway.crypto.KeysetInfo;
import dev.sealway.crypto.tink.Algorithm;
import dev.sealway.crypto.tink.GeneratedBundle;
import dev.sealway.error.SealwayException;
import dev.sealway.keys.KeyRef;
import dev.sealway.keys.file.FileKeyProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** Makes new key bundles; nothing but a person's explicit wish may call it. */
public final class Keygen {
    private Keygen() {}

    /** What may be told of a new bundle: everything but its material. */
    public record NewBundle(String id, String fingerprint, List<KeysetInfo> keysets) {
        public NewBundle {
            keysets = List.copyOf(keysets);
        }

        private static NewBundle of(GeneratedBundle bundle) {
            return new NewBundle(bundle.id(), bundle.fingerprint(), bundle.keysets());
        }
    }

    /**
     * Into a new file, which only its owner can read.
     *
     * @throws SealwayException if the file exists, or the id or the algorithm is not allowed
     */
    public static NewBundle toFile(Path file, String bundleId, String algorithm) {
        try (GeneratedBundle bundle = GeneratedBundle.generate(bundleId, Algorithm.parse(algorithm))) {
            new FileKeyProvider().create(KeyRef.of(file.toString()), bundle.material());
            return NewBundle.of(bundle);
        }
    }

    /** Into a stream, whose reader is expected to keep secrets. */
    public static NewBundle to(OutputStream stream, String bundleId, String algorithm) {
        try (GeneratedBundle bundle = GeneratedBundle.generate(bundleId, Algorithm.parse(algorithm))) {
            stream.write(bundle.material().revealBytes());
            stream.flush();
            return NewBundle.of(bundle);
        } catch (IOException e) {
            throw SealwayException.failed("the key bundle could not be written out; nothing keeps it, make another");
        }
    }
}
