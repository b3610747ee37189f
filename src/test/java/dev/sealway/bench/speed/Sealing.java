package dev.sealway.bench.speed;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the other clients do with a value: AES-256-GCM by Tink, and HMAC-SHA-256 for the token. */
final class Sealing {

    private static final byte[] TOKEN_KEY = "a key for tokens of the bench".getBytes(StandardCharsets.US_ASCII);

    private final Aead aead;
    private final Mac mac;

    private Sealing(Aead aead, Mac mac) {
        this.aead = aead;
        this.mac = mac;
    }

    static Sealing fresh() throws GeneralSecurityException {
        AeadConfig.register();
        Aead aead = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM)
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(TOKEN_KEY, "HmacSHA256"));
        return new Sealing(aead, mac);
    }

    /** @param values of {@link Users#PLAINTEXTS} */
    byte[][] seal(String... values) throws GeneralSecurityException {
        byte[][] sealed = new byte[Users.COLUMNS.size()][];
        for (int c = 0; c < values.length; c++) {
            sealed[c] = aead.encrypt(
                    values[c].getBytes(StandardCharsets.UTF_8),
                    Users.PLAINTEXTS.get(c).getBytes(StandardCharsets.US_ASCII));
        }
        sealed[values.length] = mac.doFinal(values[0].toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        return sealed;
    }
}
