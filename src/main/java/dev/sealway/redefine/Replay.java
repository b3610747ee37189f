package dev.sealway.redefine;

import dev.sealway.catalog.inventory.SavedDefinition;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.Transaction;
import dev.sealway.redefine.Redefinition.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a {@link Redefinition} in the caller's transaction, which holds the table. Not thread-safe. */
public final class Replay {

    private final Transaction tx;
    private final Redefinition redefinition;

    private final List<SavedDefinition> made = new ArrayList<>();
    private final List<SavedDefinition> there = new ArrayList<>();

    public Replay(Transaction tx, Redefinition redefinition) {
        this.tx = tx;
        this.redefinition = redefinition;
    }

    /**
     * What became of the definitions.
     *
     * @param made those that stand again
     * @param there those of which another of that name was found, and left as it is
     * @param lacking those that name something that is not there: another column that is still dropped, an object or a role
     *     that is gone
     */
    public record Outcome(List<SavedDefinition> made, List<SavedDefinition> there, List<SavedDefinition> lacking) {

        public Outcome {
            made = List.copyOf(made);
            there = List.copyOf(there);
            lacking = List.copyOf(lacking);
        }
    }

    /** @throws SealwayException if rows do not fit a constraint, or a statement fails for another reason than a missing object */
    public Outcome run() {
        List<Step> left = redefinition.steps();
        while (!left.isEmpty()) {
            List<Step> lacking = new ArrayList<>();
            for (Step step : left) {
                if (!run(step)) {
                    lacking.add(step);
                }
            }
            if (lacking.size() == left.size()) {
                return new Outcome(
                        made, there, lacking.stream().map(Step::definition).toList());
            }
            left = lacking;
        }
        return new Outcome(made, there, List.of());
    }

    /** @return false if it needs something that is not there (yet) */
    private boolean run(Step step) {
        if (step.unlessThere().filter(tx::isTrue).isPresent()) {
            // an index may have been built for it before the lock
            boolean built = redefinition.indexes().stream()
                    .anyMatch(i -> i.name().name().equals(step.definition().name()));
            (built ? made : there).add(step.definition());
            return true;
        }
        Sql statement = step.takeOver()
                .filter(t -> t.index().isBuilt(tx))
                .map(Redefinition.TakeOver::statement)
                .orElse(step.statement());
        Optional<SqlFailure> failure = tx.tentatively(() -> tx.executeDefinition(statement));
        if (failure.isEmpty()) {
            made.add(step.definition());
            return true;
        }
        return isSettled(step.definition(), failure.get());
    }

    private boolean isSettled(SavedDefinition definition, SqlFailure failure) {
        switch (failure.sqlState()) {
            case "42P07", "42710", "42723", "42701" -> {
                there.add(definition);
                return true;
            }
            case "42P01", "42703", "42704", "42883", "3F000" -> {
                return false;
            }
            default -> throw explained(definition, failure);
        }
    }

    /** Integrity, and statements that nobody can run as they are; what may pass is for the caller to try again. */
    private SealwayException explained(SavedDefinition definition, SqlFailure failure) {
        return switch (failure.sqlState().substring(0, 2)) {
            case "23" ->
                SealwayException.refused(("rows of %s do not fit %s %s, which stood there before; nothing was switched:"
                                + " correct the rows, then run it again")
                        .formatted(redefinition.table(), definition.kind(), definition.name()));
            case "42", "0A" ->
                SealwayException.refused(
                        ("%s %s of %s cannot be made again as it was (SQLSTATE %s; its definition is in"
                                        + " sealway.saved_definition); nothing was switched")
                                .formatted(
                                        definition.kind(),
                                        definition.name(),
                                        redefinition.table(),
                                        failure.sqlState()));
            default -> failure;
        };
    }
}
