package dev.sealway.workflow;

import dev.sealway.doctor.Finding;
import dev.sealway.doctor.Finding.Severity;
import dev.sealway.doctor.LoggingCheck;
import dev.sealway.jdbc.TransactionSettings;
import java.util.List;

/**
 * Tells at the beginning of a run what writes values into the server's log. It stops nothing: on the way forward Sealway sends
 * no plaintext, and whoever must roll back should not be kept from it by a log.
 */
final class LogNotice {

    private final Means means;

    LogNotice(Means means) {
        this.means = means;
    }

    void tell() {
        List<Finding> findings = means.database()
                .inTransaction(TransactionSettings.reading(), "looking at the server's log", LoggingCheck::of);
        findings.stream().filter(f -> f.isAtLeast(Severity.WARNING)).forEach(f -> means.progress()
                .notice(f.sentence()));
    }
}
