package dev.sealway.migration;

import dev.sealway.ledger.ColumnPhase;
import dev.sealway.migration.MigrationSettings.UnconfirmedDrop;
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
public final class DropGate {

    /** What becomes of the drop now. */
    public sealed interface Decision permits GoesAhead, HasNothingToDo, Waits {}

    public record GoesAhead() implements Decision {}

    public record HasNothingToDo() implements Decision {}

    /** @param why a sentence with its cure */
    public record Waits(String why) implements Decision {}

    private final Course course;
    private final Tool tool;

    public DropGate(Course course, Tool tool) {
        this.course = course;
        this.tool = tool;
    }

    /** Whether a run that meets {@code decision} calls the migration; if not, it passes by. */
    public boolean opensAt(Decision decision) {
        return !(decision instanceof Waits) || course.settings().unconfirmedDrop() == UnconfirmedDrop.FAIL;
    }

    public Decision decide(StatusReport status) {
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
        boolean said =
                course.settings().confirmDrop().filter(p -> !spent.contains(p)).isPresent();
        return said
                ? new GoesAhead()
                : new Waits(confirmation(present.size(), phrase.orElseThrow()) + rehearsal(status));
    }

    private String confirmation(int columns, String phrase) {
        return "%d columns still hold plaintext; to drop them for good, confirm with the %s sealway.confirmDrop, as in %s"
                .formatted(columns, tool.setting(), tool.confirmation().formatted(phrase));
    }

    /** A drop that is confirmed without it is refused, and says the same. */
    private String rehearsal(StatusReport status) {
        boolean skipped = course.settings().skipRehearsal().isPresent();
        return status.unrehearsed().isEmpty() || skipped
                ? ""
                : "; before that the way back of %s is to be rehearsed: add %s, or run 'sealway rollback --rehearse'"
                        .formatted(
                                status.unrehearsed().stream()
                                        .map(TableName::toString)
                                        .collect(Collectors.joining(", ")),
                                tool.rehearsing());
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
