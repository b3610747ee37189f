package dev.sealway.phase.inplace;

import dev.sealway.ledger.RegisteredColumn;
import java.util.List;
import java.util.Optional;

/**
 * What decrypting every row of a table in place showed.
 *
 * @param columns in the order of the table
 */
public record ProofReport(List<Column> columns) {

    public ProofReport {
        columns = List.copyOf(columns);
    }

    /**
     * @param opened rows that decrypt
     * @param nulls rows without a value
     * @param plain rows that are to be encrypted and are not
     * @param outside rows that the plan's {@code where} leaves in clear
     * @param failed rows that look encrypted and do not decrypt
     * @param examples the first of these, in words that name keys and never values
     * @param controlled whether a ciphertext altered in memory was noticed; also true where there was none to alter
     * @param evidence the total of the evidence, in hex; empty where there is no key to make it
     */
    public record Column(
            RegisteredColumn column,
            long opened,
            long nulls,
            long plain,
            long outside,
            long failed,
            List<String> examples,
            boolean controlled,
            Optional<String> evidence) {

        public Column {
            examples = List.copyOf(examples);
        }

        public boolean passed() {
            return plain == 0 && failed == 0 && controlled;
        }
    }
}
