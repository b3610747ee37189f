package dev.sealway.cli;

import dev.sealway.audit.AuditHead;
import dev.sealway.cli.console.Console;
import dev.sealway.error.SealwayException;
import dev.sealway.json.Json;
import dev.sealway.json.RecordJson;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Tells what went wrong, and turns it into the exit code. */
final class Mishaps implements CommandLine.IExecutionExceptionHandler {
    private final Console console;

    Mishaps(Console console) {
        this.console = console;
    }

    @Override
    public int handleExecutionException(
            Exception thrown, CommandLine commandLine, CommandLine.ParseResult parseResult) {
        SealwayException.Outcome outcome = SealwayException.Outcome.FAILED;
        String message;
        if (thrown instanceof SealwayException ours) {
            outcome = ours.outcome();
            message = String.valueOf(ours.getMessage());
        } else {
            message = words(thrown);
        }
        Optional<AuditHead> head = head();
        console.error(message);
        if (commandLine.getParseResult().hasMatchedOption("--json")) {
            console.line(document(outcome, message, head));
        } else {
            head.ifPresent(h -> console.line(h.toString()));
        }
        return outcome.exitCode();
    }

    /** What failed first is what is told, not that its head could not be kept. */
    private Optional<AuditHead> head() {
        try {
            return console.auditHead();
        } catch (SealwayException e) {
            console.error(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static String document(SealwayException.Outcome outcome, String message, Optional<AuditHead> head) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("outcome", outcome.name().toLowerCase(Locale.ROOT));
        members.put("error", message);
        head.ifPresent(h -> members.put("audit_head", RecordJson.of(h)));
        return Json.pretty(members);
    }

    /** The message of an exception that is not ours may quote values, so only its class and our own place are told. */
    static String words(Throwable thrown) {
        String place = Arrays.stream(thrown.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("dev.sealway."))
                .findFirst()
                .map(frame -> " at " + frame)
                .orElse("");
        return "something unexpected happened, which is a fault of this program: %s%s; what was committed stays, and running the command again continues"
                .formatted(thrown.getClass().getName(), place);
    }
}
