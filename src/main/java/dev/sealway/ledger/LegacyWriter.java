package dev.sealway.ledger;

import java.time.Instant;

/**
 * Somebody who writes plaintext and leaves its encrypted column behind.
 *
 * @param role the session's, and the one it had taken on
 * @param application its {@code application_name}; may be empty
 * @param seen how often; several writes of one session within ten seconds count once
 */
public record LegacyWriter(String role, String application, long seen, Instant first, Instant last) {

    /** {@code application "shop-batch" as app_rw, last at 2026-01-31T12:00:00Z}; never what was written. */
    public String words() {
        return "%s as %s, last at %s"
                .formatted(
                        application.isEmpty() ? "a session without a name" : "application " + application, role, last);
    }
}
