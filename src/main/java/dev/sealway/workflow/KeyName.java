package dev.sealway.workflow;

/**
 * One key of the key bundle.
 *
 * @param keyset {@code data/default}
 * @param keyId as {@code sealway keys status} lists it
 */
public record KeyName(String keyset, long keyId) {

    @Override
    public String toString() {
        return "key %s of keyset %s".formatted(keyId, keyset);
    }
}
