package dev.sealway.flyway;

import dev.sealway.flyway.SealwayPlaceholders.UnconfirmedDrop;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.plan.ConfirmationPhrase;
import dev.sealway.plan.TableName;
import dev.sealway.workflow.StatusReport;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Says whether a drop goes ahead, by what the ledger remembers and what a person said.
 *
 * <p>A phrase that was used before is as good as none: it may stand in a file for ever, and must not fail the run in
 * which the plan has grown. Any other phrase goes ahead, and is refused where it is wrong.
 */
final class DropGate {

    /** What becomes of the drop now. */
    sealed interface Decision permits GoesAhead, HasNothingToDo, Waits {}

    record GoesAhead() implements Decision {}

    record HasNothingToDo() implements Decision {}

    /** @param why a sentence with its cure */
    record Waits(String why) implements Decision {}

    private final Course course;

    DropGate(Course course) {
        this.course = course;
    }

    /** Whether a run that meets {@code decision} calls the migration; if not, it passes by. */
    boolean opensAt(Decision decision) {
        return !(decision instanceof Waits) || course.placeholders().unconfirmedDrop() == UnconfirmedDrop.FAIL;
    }

    Decision decide(StatusReport status) {
        List<StatusReport.Column> present = status.columns().stream()
                .filter(column -> !has(column, ColumnPhase.CONTRACTED))
                .toList();
        Optional<StatusReport.Column> unverified = present.stream()
                .filter(column -> !has(column, ColumnPhase.VERIFIED))
                .findFirst();
        Optional<String> phrase = status.phrase();
        if (present.isEmpty() || (unverified.isEmpty() && phrase.isEmpty())) {
            return new HasNothingToDo();
        }
        if (unverified.isPresent()) {
            return new Waits("%s is not verified yet; the drop can be confirmed when every column is"
                    .formatted(name(unverified.get())));
        }
        Set<String> spent = spentPhrases(status);
        boolean said = course.placeholders()
                .confirmDrop()
                .filter(p -> !spent.contains(p))
                .isPresent();
        return said
                ? new GoesAhead()
                : new Waits(confirmation(present.size(), phrase.orElseThrow()) + rehearsal(status));
    }

    private static String confirmation(int columns, String phrase) {
        return """
                %d columns still hold plaintext; to drop them for good, confirm with the placeholder \
                sealway.confirmDrop, as in mvn flyway:migrate "-Dflyway.placeholders.sealway.confirmDrop=%s\"""".formatted(columns, phrase);
    }

    /** A drop that is confirmed without it is refused, and says the same. */
    private String rehearsal(StatusReport status) {
        boolean skipped = course.placeholders().skipRehearsal().isPresent();
        return status.unrehearsed().isEmpty() || skipped
                ? ""
                : "; before that the way back of %s is to be rehearsed: add a migration of phase rehearse, or run 'sealway rollback --rehearse'"
                        .formatted(status.unrehearsed().stream()
                                .map(TableName::toString)
                                .collect(Collectors.joining(", ")));
    }

    /** The phrases for what is gone: all of it, and each change of it. */
    private Set<String> spentPhrases(StatusReport status) {
        List<StatusReport.Column> gone = status.columns().stream()
                .filter(column -> has(column, ColumnPhase.CONTRACTED))
                .toList();
        Stream<Predicate<StatusReport.Column>> changes =
                changes().mapToObj(change -> column -> changeOf(column.table(), column.name()) == change);
        return Stream.concat(Stream.of(column -> true), changes)
                .map(chosen -> gone.stream().filter(chosen).map(DropGate::name).toList())
                .filter(names -> !names.isEmpty())
                .map(names -> ConfirmationPhrase.of(course.plan().name(), names).text())
                .collect(Collectors.toSet());
    }

    private IntStream changes() {
        return course.plan().tables().stream()
                .flatMap(table -> table.columns().stream())
                .mapToInt(column -> column.change())
                .distinct();
    }

    private int changeOf(TableName table, String name) {
        return course.plan().table(table).stream()
                .flatMap(t -> t.columns().stream())
                .filter(column -> column.name().equals(name))
                .mapToInt(column -> column.change())
                .findFirst()
                .orElse(0);
    }

    private static boolean has(StatusReport.Column column, ColumnPhase phase) {
        return column.phase().filter(p -> p.isAtLeast(phase)).isPresent();
    }

    private static String name(StatusReport.Column column) {
        return column.table() + "." + column.name();
    }
}
