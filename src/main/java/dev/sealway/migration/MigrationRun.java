package dev.sealway.migration;

import dev.sealway.Sealway;
import dev.sealway.error.SealwayException;
import dev.sealway.migration.DropGate.Decision;
import dev.sealway.migration.DropGate.GoesAhead;
import dev.sealway.migration.DropGate.HasNothingToDo;
import dev.sealway.migration.DropGate.Waits;
import dev.sealway.phase.rollback.RollbackReport;
import dev.sealway.plan.PlannedMigration.Phase;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/** One step of a migration tool: carries out a course on a database, or takes it back. */
public final class MigrationRun {

    private final Course course;
    private final Sealway sealway;
    private final DropGate gate;
    private final Consumer<String> log;

    private MigrationRun(Course course, Sealway sealway, DropGate gate, Consumer<String> log) {
        this.course = course;
        this.sealway = sealway;
        this.gate = gate;
        this.log = log;
    }

    /**
     * Where a step runs, and who is told.
     *
     * @param environment where the plan's key provider looks for the key bundle
     * @param log thread-safe
     * @param nanoTime as {@link System#nanoTime}
     */
    public record Surroundings(
            Tool tool, Map<String, String> environment, Consumer<String> log, LongSupplier nanoTime) {

        public Surroundings {
            environment = Map.copyOf(environment);
        }

        /** Only names variables: their values may be secrets. */
        @Override
        public String toString() {
            return "Surroundings[%s, %s]".formatted(tool, environment.keySet());
        }
    }

    /** @param database gives several connections at a time */
    public static MigrationRun of(Course course, Surroundings surroundings, DataSource database) {
        Sealway.Builder builder = Sealway.plan(course.plan())
                .environment(surroundings.environment())
                .progress(new ProgressLines(surroundings.log(), surroundings.nanoTime()));
        course.settings().batchSize().ifPresent(builder::batchSize);
        course.settings().workers().ifPresent(builder::workers);
        return new MigrationRun(
                course, builder.on(database), new DropGate(course, surroundings.tool()), surroundings.log());
    }

    /** What becomes of the drop that this step is; asks the ledger. */
    public Decision decision() {
        return gate.decide(sealway.status(course.selection()));
    }

    /**
     * Carries out the phases in their order.
     *
     * @param name of the step, for messages
     * @throws SealwayException if a phase is refused or fails, or a drop is not confirmed
     */
    public void run(String name) {
        try {
            PhaseRunner runner = new PhaseRunner(sealway, course, log);
            if (course.drops()) {
                drop(runner, name);
            } else {
                course.inOrder().forEach(runner::run);
            }
        } finally {
            tellHead(name);
        }
    }

    private void drop(PhaseRunner runner, String name) {
        Decision decision = decision();
        if (decision instanceof GoesAhead) {
            runner.run(Phase.CONTRACT);
        } else if (decision instanceof Waits waits) {
            throw SealwayException.refused("%s is not confirmed: %s".formatted(name, waits.why()));
        } else if (decision instanceof HasNothingToDo) {
            log.accept("%s: no plaintext is left to drop".formatted(name));
        }
    }

    /**
     * Takes everything back: the tables are as before expand, also after the drop.
     *
     * @throws SealwayException if that is refused or fails
     */
    public void rollBack(String name) {
        try {
            sealway.rollback(course.selection()).tables().forEach(this::tell);
        } finally {
            tellHead(name);
        }
    }

    private void tell(RollbackReport.Table table) {
        table.notices().forEach(notice -> log.accept("%s: %s".formatted(table.name(), notice)));
    }

    private void tellHead(String name) {
        sealway.audit().written().ifPresent(head -> log.accept("%s: %s".formatted(name, head)));
    }
}
