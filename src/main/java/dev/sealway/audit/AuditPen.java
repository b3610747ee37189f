package dev.sealway.audit;

import dev.sealway.crypto.Mac;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What entries are written with. Goes with the transactions of a database
 * ({@link dev.sealway.jdbc.Database#accompaniedBy}). Thread-safe.
 *
 * @param operator who works here, beside the role of the database: {@code name@host}
 * @param mac of the audit keyset, asked for with the first entry; empty where there is no key bundle to sign with
 */
public record AuditPen(String operator, Supplier<Optional<Mac>> mac) {}
