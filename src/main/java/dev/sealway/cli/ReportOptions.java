package dev.sealway.cli;

import dev.sealway.audit.AuditHead;
import dev.sealway.cli.console.Console;
import dev.sealway.json.Json;
import dev.sealway.json.RecordJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command reports. */
final class ReportOptions {
    @Option(names = "--json", description = "Print one JSON document on the standard output, and nothing else there.")
    private boolean json;

    boolean json() {
        return json;
    }

    /** Where a command may talk while it works. */
    Console beside(Console console) {
        return json ? console.besideADocument() : console;
    }

    /**
     * What a command did, and the head of the audit trail if it wrote there.
     *
     * @param report for machines: a record, or anything else that {@link RecordJson} takes
     * @param lines the same for people
     */
    void print(Console console, @Nullable Object report, List<String> lines) {
        Optional<AuditHead> head = console.auditHead();
        if (json) {
            console.line(Json.pretty(withHead(RecordJson.of(report), head)));
        } else {
            console.lines(lines);
            head.ifPresent(h -> console.line(h.toString()));
        }
    }

    private static @Nullable Object withHead(@Nullable Object document, Optional<AuditHead> head) {
        if (head.isEmpty() || !(document instanceof Map<?, ?> members)) {
            return document;
        }
        Map<Object, @Nullable Object> all = new LinkedHashMap<>(members);
        all.put("audit_head", RecordJson.of(head.get()));
        return all;
    }

    /** What a command would do, and has not done. */
    void preview(Console console, String command, List<String> steps) {
        if (json) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("dry_run", true);
            members.put("phase", command);
            members.put("steps", steps);
            console.line(Json.pretty(members));
        } else {
            console.line("Nothing was changed. 'sealway %s' would do this:".formatted(command));
            steps.forEach(step -> console.line("  " + step.replace("\n", "\n  ")));
        }
    }
}
