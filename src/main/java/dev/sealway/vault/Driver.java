package dev.sealway.vault;

import dev.sealway.error.SealwayException;
import io.github.jopenlibs.vault.EnvironmentLoader;
import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The driver, told to do one thing once: without retries of its own, without a look at the environment or at
 * {@code ~/.vault-token}, over our conversation, and without a cause in what it throws.
 */
final class Driver {

    /** What is asked of the driver. */
    interface Call<T> {
        T on(Vault vault) throws VaultException;
    }

    private static final class NoEnvironment extends EnvironmentLoader {

        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable String loadVariable(String name) {
            return null;
        }
    }

    private Driver() {}

    /**
     * @param mount how many names it is made of decides where the driver puts {@code /data/}
     * @param conversation throws for every reply that the driver is not to see
     */
    static <T> T call(String doing, String place, String mount, Function<Ask, Reply> conversation, Call<T> call) {
        try {
            VaultConfig config = new VaultConfig()
                    .environmentLoader(new NoEnvironment())
                    .address("http://vault.invalid")
                    .httpClient(new DriverClient(conversation))
                    .engineVersion(2)
                    .prefixPath(mount)
                    .build();
            return call.on(Vault.create(config, 2));
        } catch (VaultException e) {
            throw ours(e, doing, place);
        }
    }

    /** Its own message quotes bodies, so it is dropped; what our conversation threw is in there somewhere. */
    private static SealwayException ours(VaultException thrown, String doing, String place) {
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SealwayException told) {
                return told;
            }
        }
        return new VaultRefusedException(
                doing,
                "%s gave an answer that is not Vault's".formatted(place),
                "check the address: it has to be Vault's own, without a path of its user interface");
    }
}
