package dev.sealway.workflow;

import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.LedgerSchema;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.Registry;
import dev.sealway.plan.DerivedNames;
import dev.sealway.plan.Plan;
import java.util.HashSet;
import java.util.Set;

/** Every {@code schema.table.column} that a plan has, that the ledger has, or that Sealway made. */
final class PlannedNames {

    private PlannedNames() {}

    static Set<String> of(Plan plan) {
        Set<String> names = new HashSet<>();
        for (String column : plan.columnNames()) {
            names.add(column);
            names.add(DerivedNames.encrypted(column));
            names.add(DerivedNames.search(column));
        }
        return names;
    }

    /** Of whatever plan. */
    static Set<String> registered(Transaction tx) {
        Set<String> names = new HashSet<>();
        if (LedgerSchema.isInstalled(tx)) {
            for (RegisteredTable table : Registry.in(tx).tables()) {
                table.columns().forEach(c -> names.add(table.name() + "." + c.plaintext()));
                table.ownedColumns().forEach(c -> names.add(table.name() + "." + c));
            }
        }
        return names;
    }
}
