package dev.sealway.cli.report;

import dev.sealway.audit.AuditVerdict;
import dev.sealway.cli.console.Figures;
import dev.sealway.cli.console.TextTable;
import dev.sealway.workflow.AuditList;
import java.util.ArrayList;
import java.util.List;

/** The audit trail, for people. */
public final class AuditText {
    private AuditText() {}

    public static List<String> lines(AuditList list) {
        if (list.entries().isEmpty()) {
            return List.of("There are no entries.");
        }
        TextTable table = TextTable.of(7, "seq", "at", "run", "actor", "signed", "event", "what");
        list.entries()
                .forEach(e -> table.row(
                        Long.toString(e.seq()),
                        e.at(),
                        e.runId(),
                        e.actor(),
                        e.mac().isPresent() ? "yes" : "no",
                        e.event(),
                        e.body()));
        return table.lines();
    }

    public static List<String> lines(AuditVerdict verdict) {
        List<String> lines = new ArrayList<>();
        lines.add(verdict.firstBreak()
                .map(b -> "✗ The audit trail is not what was written: %s".formatted(b.words()))
                .orElse("✓ The audit trail is whole: %s, each with the hash of the one before"
                        .formatted(
                                verdict.entries() == 1 ? "1 entry" : Figures.count(verdict.entries()) + " entries")));
        lines.add(signatures(verdict));
        lines.add(
                verdict.anchors() == 0
                        ? "  No anchor was given: entries that were cut off the end would not be missed"
                        : "  %s compared".formatted(Figures.count(verdict.anchors(), "anchored head")));
        lines.add(verdict.head().toString());
        return lines;
    }

    private static String signatures(AuditVerdict verdict) {
        if (!verdict.signaturesChecked()) {
            return "  Signatures were not checked: without a key, only hashes can be, which anybody can compute";
        }
        if (verdict.unsigned() == 0) {
            return "  Every entry is signed";
        }
        return "  %s not signed: written without the key bundle; %d of them at the end, where only an anchor vouches for them"
                .formatted(
                        verdict.unsigned() == 1 ? "1 entry is" : "%d entries are".formatted(verdict.unsigned()),
                        verdict.uncovered());
    }
}
