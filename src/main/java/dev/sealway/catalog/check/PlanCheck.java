package dev.sealway.catalog.check;

import dev.sealway.catalog.Catalog;
import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.ServerFacts;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.ColumnPlan;
import dev.sealway.plan.Plan;
import dev.sealway.plan.TablePlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds a plan against the live database. Nothing is created or changed.
 *
 * <p>It reads the catalogue, and of the tables at most some lengths of values; only columns of types that were never
 * tried, and those that are to be encrypted in place, are read as a whole. The spread of values is measured elsewhere. Columns whose plaintext is gone already, by
 * what the ledger owns, are passed over.
 */
public final class PlanCheck {

    private static final int OLDEST = 14;
    private static final int NEWEST = 18;

    private final Transaction tx;
    private final Set<String> owned;

    private PlanCheck(Transaction tx, Set<String> owned) {
        this.tx = tx;
        this.owned = owned;
    }

    /**
     * @param tx under the settings for reading
     * @param owned what the ledger says Sealway made: columns as {@code schema.table.column}, also those in which it has
     *     begun to encrypt in place, and views as {@code schema.view}
     */
    public static PlanCheck in(Transaction tx, Set<String> owned) {
        return new PlanCheck(tx, Set.copyOf(owned));
    }

    public PlanFindings check(Plan plan) {
        Findings findings = new Findings();
        ServerFacts server = Catalog.in(tx).server();
        checkServer(server, findings);
        checkContexts(plan, findings);
        plan.tables().forEach(t -> check(t, server, findings));
        return findings.collected();
    }

    private static void checkServer(ServerFacts server, Findings findings) {
        if (!server.encoding().equals("UTF8")) {
            findings.fault(
                    "the database has server_encoding %s; Sealway needs UTF8, because texts are sealed as UTF-8: dump it and restore it into a UTF8 database"
                            .formatted(server.encoding()));
        }
        if (server.inRecovery()) {
            findings.fault("the server is a standby, on which nothing can be written; give the primary");
        }
        if (server.major() < OLDEST) {
            findings.fault("the server is PostgreSQL %d; Sealway needs %d or newer".formatted(server.major(), OLDEST));
        }
        if (server.major() > NEWEST) {
            findings.notice("the server is PostgreSQL %d; Sealway was tried on %d to %d"
                    .formatted(server.major(), OLDEST, NEWEST));
        }
    }

    /** Under one context two columns' ciphertexts could be exchanged without anybody noticing. */
    private static void checkContexts(Plan plan, Findings findings) {
        Map<String, String> seen = new HashMap<>();
        for (TablePlan table : plan.tables()) {
            for (ColumnPlan column : table.columns()) {
                String here = table.name() + "." + column.name();
                String other = seen.putIfAbsent(column.contextIn(table.name()), here);
                if (other != null) {
                    findings.fault(
                            table,
                            column,
                            "has the same context as %s; give each column a context of its own".formatted(other));
                }
            }
        }
    }

    private void check(TablePlan plan, ServerFacts server, Findings findings) {
        LiveTable live = Catalog.in(tx).table(plan.name()).orElse(null);
        if (live == null) {
            findings.fault(plan, "there is no such table" + NearNames.ofTable(tx, plan.name()));
            return;
        }
        TableFacts facts = TableFacts.of(tx, live);
        int before = findings.faultCount();
        new TableCheck(plan, live, facts).check(server, findings);
        if (live.kind() != 'r' && live.kind() != 'p') {
            return;
        }
        List<PlannedColumn> columns = PlannedColumn.of(plan, live, owned, findings);
        new ColumnCheck(plan, live, facts).check(columns, findings);
        if (facts.owned() && !facts.rowSecurity()) {
            WhereCheck.check(tx, plan, live, findings);
        }
        switch (plan.mode()) {
            case EXPAND -> {
                new ExpandCheck(tx, plan, live, facts, owned).check(server, columns, findings);
                if (findings.faultCount() == before) {
                    Advice.give(tx, plan, live, columns, findings);
                }
            }
            case IN_PLACE -> new InPlaceCheck(tx, plan, live, facts, owned).check(server, columns, findings);
        }
    }
}
