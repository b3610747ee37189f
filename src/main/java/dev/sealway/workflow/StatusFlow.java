package dev.sealway.workflow;

import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.ColumnStatus;
import dev.sealway.ledger.LedgerSchema;
import dev.sealway.ledger.LegacyWrites;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.Registry;
import dev.sealway.ledger.Rehearsals;
import dev.sealway.ledger.Status;
import dev.sealway.plan.ColumnPlan;
import dev.sealway.plan.ConfirmationPhrase;
import dev.sealway.plan.Mode;
import dev.sealway.plan.Plan;
import dev.sealway.plan.Selection;
import dev.sealway.plan.TableName;
import dev.sealway.plan.TablePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells where every selected column stands. Needs no key, writes nothing. */
final class StatusFlow {

    private final Means means;

    StatusFlow(Means means) {
        this.means = means;
    }

    StatusReport run(Selection selection) {
        Plan plan = means.plan().select(selection);
        Map<String, ColumnStatus> known =
                means.database().inTransaction(TransactionSettings.reading(), "reading the ledger", StatusFlow::known);
        List<StatusReport.Column> columns = new ArrayList<>();
        for (TablePlan table : plan.tables()) {
            for (ColumnPlan column : table.columns()) {
                columns.add(column(table, column, known));
            }
        }
        return new StatusReport(
                plan.name(),
                columns,
                new RunsFlow(means).underWay().runs(),
                phrase(plan, columns),
                unrehearsed(plan),
                next(plan, columns),
                legacyWriters(plan));
    }

    private List<StatusReport.LegacyWriter> legacyWriters(Plan plan) {
        return means.database()
                .inTransaction(
                        TransactionSettings.reading(),
                        "looking for legacy writers",
                        tx -> LedgerSchema.isInstalled(tx)
                                ? plan.tables().stream()
                                        .flatMap(t -> legacyWriters(tx, t).stream())
                                        .toList()
                                : List.of());
    }

    private static List<StatusReport.LegacyWriter> legacyWriters(Transaction tx, TablePlan table) {
        return Registry.in(tx).table(table.name()).stream()
                .flatMap(t -> LegacyWrites.in(tx).writers(t).stream())
                .map(w -> new StatusReport.LegacyWriter(
                        table.name(),
                        w.role(),
                        w.application(),
                        w.seen(),
                        w.first().toString(),
                        w.last().toString()))
                .toList();
    }

    private static Map<String, ColumnStatus> known(Transaction tx) {
        if (!LedgerSchema.isInstalled(tx)) {
            return Map.of();
        }
        return Status.in(tx).columns().stream()
                .collect(Collectors.toMap(c -> c.table() + "." + c.column(), Function.identity()));
    }

    private static StatusReport.Column column(TablePlan table, ColumnPlan column, Map<String, ColumnStatus> known) {
        ColumnStatus status = known.get(table.name() + "." + column.name());
        if (status == null) {
            return new StatusReport.Column(
                    table.name(), column.name(), Optional.empty(), 0, 0, 0, 0, 0, Optional.empty(), Optional.empty());
        }
        return new StatusReport.Column(
                table.name(),
                column.name(),
                Optional.of(status.phase()),
                status.rowsTotal().orElse(0),
                status.rowsDone(),
                status.rowsDirty().orElse(0),
                status.rowsFailed(),
                status.percent(),
                rate(status.rowsPerSecond()),
                status.timeLeft().map(Duration::toSeconds));
    }

    private static Optional<Double> rate(OptionalDouble rate) {
        return rate.isPresent() ? Optional.of(rate.getAsDouble()) : Optional.empty();
    }

    private static Optional<String> phrase(Plan plan, List<StatusReport.Column> columns) {
        List<String> there = columns.stream()
                .filter(c -> c.phase().filter(ColumnPhase.CONTRACTED::equals).isEmpty())
                .filter(c -> !isInPlace(plan, c))
                .map(c -> c.table() + "." + c.name())
                .toList();
        return there.isEmpty()
                ? Optional.empty()
                : Optional.of(ConfirmationPhrase.of(plan.name(), there).text());
    }

    private List<TableName> unrehearsed(Plan plan) {
        return means.database().inTransaction(TransactionSettings.reading(), "looking for rehearsals", tx -> {
            if (!LedgerSchema.isInstalled(tx)) {
                return List.of();
            }
            Registry registry = Registry.in(tx);
            return plan.tables().stream()
                    .filter(t -> t.mode() == Mode.EXPAND)
                    .filter(t -> registry.table(t.name())
                            .filter(r -> awaitsRehearsal(tx, r, t))
                            .isPresent())
                    .map(TablePlan::name)
                    .toList();
        });
    }

    private static boolean awaitsRehearsal(Transaction tx, RegisteredTable table, TablePlan plan) {
        List<RegisteredColumn> there = table.columns().stream()
                .filter(c -> c.phase().hasPlaintext() && c.phase().isAtLeast(ColumnPhase.VERIFIED))
                .filter(c -> plan.columns().stream()
                        .anyMatch(p -> p.name().equals(c.plaintext().name())))
                .toList();
        return !there.isEmpty() && !Rehearsals.in(tx).cover(table, there);
    }

    private static boolean isInPlace(Plan plan, StatusReport.Column column) {
        return plan.table(column.table()).filter(t -> t.mode() == Mode.IN_PLACE).isPresent();
    }

    /** In place a verified column is as far as it goes. */
    private static ColumnPhase phase(Plan plan, StatusReport.Column column) {
        ColumnPhase phase = column.phase().orElse(ColumnPhase.REGISTERED);
        return phase == ColumnPhase.VERIFIED && isInPlace(plan, column) ? ColumnPhase.CONTRACTED : phase;
    }

    private static String next(Plan plan, List<StatusReport.Column> columns) {
        ColumnPhase least = columns.stream()
                .map(c -> phase(plan, c))
                .min(ColumnPhase::compareTo)
                .orElse(ColumnPhase.CONTRACTED);
        return switch (least) {
            case REGISTERED -> "sealway expand";
            case EXPANDED ->
                columns.stream().anyMatch(c -> isInPlace(plan, c) && phase(plan, c) == ColumnPhase.EXPANDED)
                        ? "sealway backup, then sealway backfill"
                        : "sealway backfill";
            case BACKFILLED -> "sealway verify";
            case VERIFIED -> "sealway views, then sealway cutover or sealway rollback --rehearse and sealway contract";
            case CUT_OVER -> "sealway verify, then sealway rollback --rehearse, then sealway contract";
            case REVERSING -> "sealway rollback";
            case CONTRACTED ->
                columns.stream().allMatch(c -> isInPlace(plan, c))
                        ? "nothing: every column is encrypted in place and verified"
                        : "nothing: every plaintext column is dropped";
        };
    }
}
