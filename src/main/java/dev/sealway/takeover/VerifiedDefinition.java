package dev.sealway.takeover;

import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.TableFingerprint;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.VerifiedTables;

/** The definition of a table as verify saw it: what has come since was looked at by nobody. */
public final class VerifiedDefinition {

    private VerifiedDefinition() {}

    /** What the definition comes to, without all that Sealway added. */
    public static String fingerprint(Transaction tx, LiveTable live, RegisteredTable registered) {
        return TableFingerprint.of(tx, live, registered.ownedColumns(), registered.ownedTexts());
    }

    /** @throws SealwayException if it is another one by now */
    public static void require(Transaction tx, WalkedTable table) {
        String now = fingerprint(tx, table.live(), table.registered());
        boolean same = table.columns().stream()
                .map(c -> c.registered().change())
                .distinct()
                .allMatch(change -> VerifiedTables.in(tx)
                        .fingerprint(table.registered(), change)
                        .filter(now::equals)
                        .isPresent());
        if (!same) {
            throw SealwayException.refused(
                    ("the definition of %s has changed since it was verified (a column, trigger, constraint, index or rule);"
                                    + " run 'sealway verify' again")
                            .formatted(table.name()));
        }
    }
}
