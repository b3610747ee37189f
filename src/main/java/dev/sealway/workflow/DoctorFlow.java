package dev.sealway.workflow;

import dev.sealway.catalog.Catalog;
import dev.sealway.catalog.LiveTable;
import dev.sealway.doctor.ClockCheck;
import dev.sealway.doctor.Finding;
import dev.sealway.doctor.Finding.Group;
import dev.sealway.doctor.FlywayCheck;
import dev.sealway.doctor.Grants;
import dev.sealway.doctor.JvmCheck;
import dev.sealway.doctor.LoggingCheck;
import dev.sealway.doctor.PoolerCheck;
import dev.sealway.doctor.ReplicationCheck;
import dev.sealway.doctor.RoleCheck;
import dev.sealway.doctor.ServerCheck;
import dev.sealway.doctor.SpaceCheck;
import dev.sealway.doctor.TablesCheck;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.plan.Plan;
import dev.sealway.plan.Selection;
import dev.sealway.plan.TablePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Looks at everything that a run depends on, before there is one. Writes nothing. */
final class DoctorFlow {

    private final Means means;

    DoctorFlow(Means means) {
        this.means = means;
    }

    DoctorReport run(Selection selection, DoctorTerms terms) {
        Plan plan = means.plan().select(selection);
        OptionalLong growth = terms.measure() ? measured(selection) : OptionalLong.empty();
        List<Finding> findings = new ArrayList<>(PoolerCheck.of(means.database()));
        findings.addAll(means.database().inTransaction(TransactionSettings.reading(), "looking at the server", tx -> {
            List<Finding> seen = new ArrayList<>(ServerCheck.of(tx));
            LoggingCheck.of(tx).forEach(f -> seen.add(terms.allowLogging() ? f.allowed() : f));
            List<LiveTable> tables = tables(tx, plan, seen);
            seen.addAll(RoleCheck.of(tx, tables));
            seen.addAll(TablesCheck.of(tx, tables));
            seen.addAll(ReplicationCheck.of(tx, tables));
            seen.addAll(SpaceCheck.of(tx, tables, growth));
            seen.addAll(ClockCheck.of(tx, terms.clock()));
            seen.addAll(FlywayCheck.of(tx, terms.project()));
            return seen;
        }));
        findings.addAll(new KeysDoctor(means).look(plan));
        findings.addAll(JvmCheck.of(terms.jvmArguments()));
        return new DoctorReport(findings);
    }

    private OptionalLong measured(Selection selection) {
        return OptionalLong.of(new EstimateFlow(means)
                .run(selection).tables().stream()
                        .mapToLong(t -> t.tableGrowth() + t.walBytes())
                        .sum());
    }

    private static List<LiveTable> tables(Transaction tx, Plan plan, List<Finding> findings) {
        List<LiveTable> found = new ArrayList<>();
        for (TablePlan table : plan.tables()) {
            Catalog.in(tx)
                    .table(table.name())
                    .ifPresentOrElse(
                            found::add,
                            () -> findings.add(Finding.refusal(
                                    Group.TABLES,
                                    "table %s is not in this database".formatted(table.name()),
                                    "the plan names it",
                                    "connect to the right database, or correct the plan")));
        }
        return found;
    }

    /** The statements that give small roles what they need. */
    List<String> grants(Selection selection) {
        Plan plan = means.plan().select(selection);
        return means.database().inTransaction(TransactionSettings.reading(), "looking at owners", tx -> {
            String database = tx.first(Sql.of("SELECT pg_catalog.current_database()"), row -> row.getString(1))
                    .orElseThrow();
            return Grants.script(
                    database,
                    plan.tables().stream()
                            .map(t -> Grants.Subject.of(tx, t, Resolver.live(tx, t)))
                            .toList());
        });
    }
}
