package dev.sealway.ledger;

import dev.sealway.audit.AuditTrail;
import dev.sealway.jdbc.Transaction;
import java.util.Locale;
import java.util.Map;

/** What the registry has to tell the audit trail. */
final class RegistryStory {

    private final Transaction tx;

    RegistryStory(Transaction tx) {
        this.tx = tx;
    }

    void registered(RegisteredTable table) {
        AuditTrail.in(tx)
                .append(
                        "table.registered",
                        Map.of(
                                "plan", table.plan(),
                                "table", name(table),
                                "mode", table.mode().word(),
                                "bind", table.binding().name().toLowerCase(Locale.ROOT)));
    }

    private static String name(RegisteredTable table) {
        return "%s.%s"
                .formatted(table.name().schema().name(), table.name().name().name());
    }

    void registered(String name, RegisteredColumn column) {
        AuditTrail.in(tx)
                .append(
                        "column.registered",
                        Map.of(
                                "column", name,
                                "context", column.context(),
                                "encoding", column.encoding().id(),
                                "cipher", column.cipher(),
                                "keyset", column.keyset(),
                                "searchable", column.search().isPresent()));
    }

    void moved(String name, ColumnPhase from, ColumnPhase to, long runId) {
        AuditTrail.in(tx)
                .append(
                        runId,
                        "column.%s".formatted(to.word().replace(' ', '_')),
                        Map.of("column", name, "from", from.word(), "to", to.word()));
    }

    void forgotten(String name, ColumnPhase from) {
        AuditTrail.in(tx).append("column.forgotten", Map.of("column", name, "from", from.word()));
    }
}
