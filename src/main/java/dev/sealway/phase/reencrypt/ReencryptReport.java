package dev.sealway.phase.reencrypt;

import dev.sealway.batch.FailedRow;
import dev.sealway.plan.TableName;
import java.util.List;

/** What a re-encryption did in this run, and what is left. */
public record ReencryptReport(List<Table> tables) {

    public ReencryptReport {
        tables = List.copyOf(tables);
    }

    /**
     * @param columns that were looked at
     * @param rewritten rows whose ciphertexts were moved to the keyset primary
     * @param older rows that a last fresh query found with a ciphertext of another key
     * @param failures the first rows that could not be moved
     */
    public record Table(TableName name, List<String> columns, long rewritten, long older, List<FailedRow> failures) {

        public Table {
            columns = List.copyOf(columns);
            failures = List.copyOf(failures);
        }
    }

    /** Whether no row of another key is left. */
    public boolean passed() {
        return tables.stream().allMatch(t -> t.older() == 0);
    }
}
