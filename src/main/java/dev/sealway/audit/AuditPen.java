package dev.sealway.audit;

import dev.sealway.crypto.Mac;
import dev.sealway.jdbc.Transaction;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What entries are written with, and the memory of what was written. Goes with the transactions of a database
 * ({@link dev.sealway.jdbc.Database#accompaniedBy}). Thread-safe.
 */
public final class AuditPen {

    /** Finds the MAC of the audit keyset. Implementations are thread-safe. */
    @FunctionalInterface
    public interface Signer {

        /** Signs nothing. */
        Signer NONE = tx -> Optional.empty();

        /** Empty where there is no key bundle, or not the one of this database; an entry is then unsigned. */
        Optional<Mac> mac(Transaction tx);
    }

    private final String operator;
    private final Signer signer;
    private final AtomicReference<@Nullable AuditHead> head = new AtomicReference<>();

    /** @param operator who works here, beside the role of the database: {@code name@host} */
    public AuditPen(String operator, Signer signer) {
        this.operator = operator;
        this.signer = signer;
    }

    String operator() {
        return operator;
    }

    Optional<Mac> mac(Transaction tx) {
        return signer.mac(tx);
    }

    /** An entry of this pen is committed. */
    void wrote(AuditHead entry) {
        head.accumulateAndGet(
                entry, (known, now) -> known == null || now == null || known.seq() < now.seq() ? now : known);
    }

    /** The newest entry that this pen wrote and that is committed; empty if there is none. */
    public Optional<AuditHead> head() {
        return Optional.ofNullable(head.get());
    }
}
