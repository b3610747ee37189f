package dev.sealway.phase.contract;

import dev.sealway.plan.TableName;
import java.util.List;

/**
 * What was dropped, and what plaintext lingers all the same.
 *
 * @param notices what a reader should know now that the values are in the ciphertexts alone
 */
public record ContractReport(List<Table> tables, List<String> residue, List<String> notices) {

    public ContractReport {
        tables = List.copyOf(tables);
        residue = List.copyOf(residue);
        notices = List.copyOf(notices);
    }

    /**
     * @param dropped the plaintext columns that are gone since this run
     * @param leftovers rows that were sealed behind the lock
     * @param rechecked changed rows that were decrypted again
     * @param lockedMillis how long the table was locked
     */
    public record Table(TableName name, List<String> dropped, long leftovers, long rechecked, long lockedMillis) {}
}
