package dev.sealway.workflow;

import dev.sealway.audit.AuditEntry;
import java.util.List;

/** Entries of the audit trail, the oldest first. */
public record AuditList(List<AuditEntry> entries) {

    public AuditList {
        entries = List.copyOf(entries);
    }
}
