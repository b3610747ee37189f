package dev.sealway.cli.report;

import dev.sealway.cli.console.Figures;
import dev.sealway.cli.console.TextTable;
import dev.sealway.workflow.KeyChange;
import dev.sealway.workflow.KeyRotation;
import dev.sealway.workflow.KeyStatusReport;
import java.util.ArrayList;
import java.util.List;

/** Keys and what was done with them, for people. */
public final class KeysText {
    private KeysText() {}

    public static List<String> lines(KeyStatusReport report) {
        List<String> lines = new ArrayList<>();
        report.bundle().ifPresent(b -> {
            lines.add("Key bundle %s in %s".formatted(b.id(), b.place()));
            lines.add("Fingerprint (SHA-256): %s".formatted(b.fingerprint()));
            lines.add("Copy off line: %s".formatted(b.attested().orElse("nobody has said so for these keys")));
            lines.add("");
        });
        TextTable keys = TextTable.of(4, "keyset", "key", "state", "first seen", "encryptions", "rows", "exports");
        report.keysets().forEach(s -> s.keys()
                .forEach(k -> keys.row(
                        s.name(),
                        k.id(),
                        k.state(),
                        k.firstSeen().orElse("-"),
                        Figures.count(k.encryptions()),
                        Figures.count(k.rows()),
                        Figures.count(k.backups()))));
        lines.addAll(keys.lines());
        lines.addAll(columns(report));
        lines.addAll(listed("Notices:", report.notices()));
        lines.addAll(listed("Next:", report.next()));
        return lines;
    }

    private static List<String> columns(KeyStatusReport report) {
        if (report.columns().isEmpty()) {
            return List.of();
        }
        TextTable table = TextTable.of(3, "column", "keyset", "key", "rows");
        report.columns()
                .forEach(c -> table.row(
                        "%s.%s".formatted(c.table(), c.name()),
                        c.keyset(),
                        c.key().map(String::valueOf).orElse("-"),
                        Figures.count(c.rows())));
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(table.lines());
        return lines;
    }

    public static List<String> lines(KeyChange change) {
        List<String> lines = new ArrayList<>();
        if (change.dryRun()) {
            lines.add("Nothing was changed. In the key bundle %s (%s) this would be %s:"
                    .formatted(change.bundle(), change.place(), change.event()));
        } else {
            lines.add("In the key bundle %s (%s) this is %s now:"
                    .formatted(change.bundle(), change.place(), change.event()));
        }
        if (change.keys().isEmpty()) {
            lines.add("  a fresh key in each data keyset");
        }
        change.keys().forEach(k -> lines.add("  %s".formatted(k)));
        if (!change.dryRun()) {
            lines.add("Fingerprint (SHA-256): %s".formatted(change.fingerprint()));
        }
        lines.addAll(listed("Next:", change.next()));
        return lines;
    }

    public static List<String> lines(KeyRotation.Attested attested) {
        return List.of(
                "A copy of key bundle %s is kept off line: %s".formatted(attested.bundle(), attested.offlineCopy()),
                "Fingerprint (SHA-256): %s".formatted(attested.fingerprint()));
    }

    private static List<String> listed(String heading, List<String> items) {
        if (items.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of("", heading));
        items.forEach(i -> lines.add("  - %s".formatted(i)));
        return lines;
    }
}
