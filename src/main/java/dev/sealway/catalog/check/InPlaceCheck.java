package dev.sealway.catalog.check;

import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.ServerFacts;
import dev.sealway.catalog.probe.CiphertextLookalikes;
import dev.sealway.catalog.probe.Offenders;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.TablePlan;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether ciphertexts can stand where a table's plaintext stands.
 *
 * <p>No later gate asks again about what hangs on a column, since nothing is dropped: what an expanded table's check only
 * notices is a fault here.
 */
final class InPlaceCheck {

    private static final Sql MAY = Sql.of("SELECT has_column_privilege(CAST(? AS oid), ?, ?)");

    private final Transaction tx;
    private final TablePlan plan;
    private final LiveTable live;
    private final TableFacts facts;
    private final Set<String> owned;

    /** @param owned holds the columns in which ciphertexts stand already, as far as Sealway put them there */
    InPlaceCheck(Transaction tx, TablePlan plan, LiveTable live, TableFacts facts, Set<String> owned) {
        this.tx = tx;
        this.plan = plan;
        this.live = live;
        this.facts = facts;
        this.owned = owned;
    }

    void check(ServerFacts server, List<PlannedColumn> columns, Findings findings) {
        boolean readable = checkRights(server, columns, findings) && !facts.rowSecurity();
        InPlaceWhere where = new InPlaceWhere(tx, plan, live, owned);
        if (readable && !facts.owned()) {
            WhereCheck.check(tx, plan, live, findings);
        }
        if (readable) {
            where.check(findings);
        }
        InPlaceDependents dependents = InPlaceDependents.of(tx, plan, live, columns);
        for (PlannedColumn column : columns) {
            InPlaceType type = new InPlaceType(tx, plan, live, column);
            type.check(dependents.views(), readable, findings);
            if (type.isText() && readable && live.rowKey().isPresent()) {
                checkValues(column, findings);
            }
        }
        dependents.check(readable, findings);
    }

    private boolean checkRights(ServerFacts server, List<PlannedColumn> columns, Findings findings) {
        List<String> read = Stream.concat(
                        columns.stream().map(c -> c.live().name()),
                        live.rowKey().stream().flatMap(k -> k.names().stream()))
                .map(name -> name.name())
                .distinct()
                .filter(name -> !may(name, "SELECT"))
                .toList();
        List<String> write = columns.stream()
                .map(c -> c.live().name().name())
                .filter(name -> !may(name, "UPDATE"))
                .toList();
        if (!read.isEmpty()) {
            findings.fault(
                    plan,
                    "role %s may not read %s; GRANT SELECT ON %s TO it"
                            .formatted(
                                    server.user(),
                                    String.join(", ", read),
                                    live.name().sql()));
        }
        if (!write.isEmpty()) {
            findings.fault(
                    plan,
                    "role %s may not write %s; GRANT UPDATE on these columns of %s TO it"
                            .formatted(
                                    server.user(),
                                    String.join(", ", write),
                                    live.name().sql()));
        }
        return read.isEmpty();
    }

    private boolean may(String column, String right) {
        return tx.isTrue(MAY, live.oid(), column, right);
    }

    /** Once Sealway has begun to write, ciphertexts are expected there. */
    private void checkValues(PlannedColumn column, Findings findings) {
        if (plan.acceptEncrypted()
                || owned.contains(plan.name() + "." + column.plan().name())) {
            return;
        }
        Offenders found = CiphertextLookalikes.of(tx, live, column.live());
        if (!found.isEmpty()) {
            findings.fault(
                    plan,
                    column.plan(),
                    ("%d values begin with vault:v, as if they were encrypted already (%s%s); if they are, say"
                                    + " already-encrypted: accept for the table: then each that has the full form is decrypted"
                                    + " before the first write, and others are encrypted as the texts they are; if not, correct"
                                    + " these rows")
                            .formatted(
                                    found.count(),
                                    String.join("; ", found.rowKeys()),
                                    found.count() > found.rowKeys().size() ? "; …" : ""));
        }
    }
}
