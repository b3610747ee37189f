package dev.sealway.workflow;

/**
 * How to re-encrypt.
 *
 * @param proving whether each new ciphertext is opened again and compared before it is written
 * @param indexAbove tables of more rows get an index on what is left to do, for the duration
 */
public record ReencryptTerms(boolean proving, long indexAbove) {

    public static final ReencryptTerms USUAL = new ReencryptTerms(false, KeyRotation.INDEX_ABOVE);
}
