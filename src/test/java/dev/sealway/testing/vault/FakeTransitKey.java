package dev.sealway.testing.vault;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A named key of the Transit engine with its versions. A ciphertext is {@code vault:v<n>:} and base64 over nonce (12
 * bytes), ciphertext and tag (16); a derived key is HKDF-SHA256 without salt, its info the context. All as in Vault.
 */
final class FakeTransitKey {

    /** An error of the request's, which Vault tells as 400; with {@code internal}, one it tells as 500. */
    static final class ItemError extends Exception {
        private static final long serialVersionUID = 1L;
        final boolean internal;

        ItemError(String message, boolean internal) {
            super(message);
            this.internal = internal;
        }
    }

    private static final Set<String> AEADS = Set.of("aes128-gcm96", "aes256-gcm96", "chacha20-poly1305");
    private static final Pattern NUMBERED = Pattern.compile("v([0-9]+)");
    private static final SecureRandom RANDOM = new SecureRandom();

    final String type;
    final boolean derived;
    int minDecryption = 1;
    boolean deletable;
    private final List<byte[]> versions = new ArrayList<>();
    private final List<KeyPair> pairs = new ArrayList<>();

    FakeTransitKey(String type, boolean derived) {
        this.type = type;
        this.derived = derived;
        rotate();
    }

    static boolean knows(String type) {
        return AEADS.contains(type) || type.equals("rsa-2048");
    }

    boolean isAead() {
        return AEADS.contains(type);
    }

    int latest() {
        return isAead() ? versions.size() : pairs.size();
    }

    void rotate() {
        if (isAead()) {
            byte[] key = new byte[type.equals("aes128-gcm96") ? 16 : 32];
            RANDOM.nextBytes(key);
            versions.add(key);
            return;
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            pairs.add(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    String encrypt(String plaintext, String associatedData, String context) throws ItemError {
        byte[] value = decoded(plaintext);
        try {
            byte[] sealed = isAead() ? seal(value, decoded(associatedData), context(context)) : sealByRsa(value);
            return "vault:v%d:%s".formatted(latest(), Base64.getEncoder().encodeToString(sealed));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] seal(byte[] value, byte[] associatedData, byte[] context) throws GeneralSecurityException {
        byte[] nonce = new byte[12];
        RANDOM.nextBytes(nonce);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(nonce);
        Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key(latest(), context), nonce);
        cipher.updateAAD(associatedData);
        out.writeBytes(cipher.doFinal(value));
        return out.toByteArray();
    }

    private byte[] sealByRsa(byte[] value) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
        cipher.init(Cipher.ENCRYPT_MODE, pairs.get(latest() - 1).getPublic());
        return cipher.doFinal(value);
    }

    String decrypt(String ciphertext, String associatedData, String context) throws ItemError {
        int version = version(ciphertext);
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(ciphertext.split(":", 3)[2]);
        } catch (IllegalArgumentException e) {
            throw new ItemError("invalid ciphertext: could not decode base64", false);
        }
        byte[] open =
                isAead() ? open(bytes, version, decoded(associatedData), context(context)) : openByRsa(bytes, version);
        return Base64.getEncoder().encodeToString(open);
    }

    private int version(String ciphertext) throws ItemError {
        if (!ciphertext.startsWith("vault:v")) {
            throw new ItemError("invalid ciphertext: no prefix", false);
        }
        String[] parts = ciphertext.split(":", 3);
        if (parts.length != 3) {
            throw new ItemError("invalid ciphertext: wrong number of fields", false);
        }
        Matcher numbered = NUMBERED.matcher(parts[1]);
        if (!numbered.matches()) {
            throw new ItemError("invalid ciphertext: version number could not be decoded", false);
        }
        int version = Integer.parseInt(numbered.group(1));
        if (version > latest()) {
            throw new ItemError("invalid ciphertext: version is too new", false);
        }
        if (version < minDecryption) {
            throw new ItemError("ciphertext or signature version is disallowed by policy (too old)", false);
        }
        return version;
    }

    private byte[] open(byte[] bytes, int version, byte[] associatedData, byte[] context) throws ItemError {
        if (bytes.length < 12) {
            throw new ItemError("invalid ciphertext length", false);
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key(version, context), Arrays.copyOf(bytes, 12));
            cipher.updateAAD(associatedData);
            return cipher.doFinal(bytes, 12, bytes.length - 12);
        } catch (AEADBadTagException e) {
            throw new ItemError("cipher: message authentication failed", false);
        } catch (GeneralSecurityException e) {
            throw new ItemError("invalid ciphertext: unable to decrypt", false);
        }
    }

    private byte[] openByRsa(byte[] bytes, int version) throws ItemError {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
            cipher.init(Cipher.DECRYPT_MODE, pairs.get(version - 1).getPrivate());
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new ItemError("failed to RSA decrypt the ciphertext", false);
        }
    }

    private Cipher cipher(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
        if (type.equals("chacha20-poly1305")) {
            Cipher chacha = Cipher.getInstance("ChaCha20-Poly1305");
            chacha.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
            return chacha;
        }
        Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
        gcm.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        return gcm;
    }

    private byte[] context(String context) throws ItemError {
        if (derived && context.isEmpty()) {
            throw new ItemError("missing 'context' for key derivation; the key was created using a derived key", false);
        }
        return decoded(context);
    }

    private byte[] key(int version, byte[] context) throws GeneralSecurityException {
        byte[] key = versions.get(version - 1);
        if (!derived) {
            return key;
        }
        byte[] extracted = mac(new byte[32], key);
        byte[] info = Arrays.copyOf(context, context.length + 1);
        info[context.length] = 1;
        return Arrays.copyOf(mac(extracted, info), key.length);
    }

    private static byte[] mac(byte[] key, byte[] text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text);
    }

    /** Vault tells what is wrong with a plaintext as the request's error, and with associated data as its own. */
    private static byte[] decoded(String base64) throws ItemError {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new ItemError("illegal base64 data at input byte 0", true);
        }
    }
}
