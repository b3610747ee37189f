package dev.sealway.audit;

/**
 * The newest entry of an audit trail: kept elsewhere, it shows whether entries were cut off the end.
 *
 * @param seq from 1; 0 before the first entry
 * @param hash of the entry, in lower case hexadecimal
 */
public record AuditHead(long seq, String hash) {

    static final AuditHead GENESIS = new AuditHead(0, "0".repeat(64));

    /** As each command that wrote prints it: {@code audit head seq=12 hash=…}. */
    @Override
    public String toString() {
        return "audit head seq=%s hash=%s".formatted(seq, hash);
    }
}
