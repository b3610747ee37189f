package dev.sealway.phase.evidence;

import dev.sealway.plan.TableName;
import java.util.List;

/** How the ciphertexts compare with their evidence, per table and column. */
public record EvidenceReport(List<Table> tables) {

    public EvidenceReport {
        tables = List.copyOf(tables);
    }

    /** @param columns in the order of the plan */
    public record Table(TableName name, List<Column> columns) {

        public Table {
            columns = List.copyOf(columns);
        }
    }

    /**
     * @param name the plaintext column, also after its drop
     * @param run the verify whose evidence it is
     * @param equal chunks that hold the very rows and values of then
     * @param differing the others
     * @param outside rows whose keys lie before or after those of then: new ones
     * @param failed rows that do not decrypt, wherever they are
     */
    public record Column(String name, long run, int equal, List<Chunk> differing, long outside, long failed) {

        public Column {
            differing = List.copyOf(differing);
        }

        /** Whether every row of then is there as it was; others may have come. */
        public boolean isUnchanged() {
            return differing.isEmpty() && failed == 0;
        }
    }

    /**
     * A chunk that is not what it was. Without row keys, which may be personal; the ledger has its first and last.
     *
     * @param number from 0 in the order of the row key
     * @param failed rows that do not decrypt
     */
    public record Chunk(int number, long rowsThen, long nullsThen, long rowsNow, long nullsNow, long failed) {}

    /** Whether every value decrypts. */
    public boolean passed() {
        return tables.stream().flatMap(t -> t.columns().stream()).allMatch(c -> c.failed() == 0);
    }

    /** Whether, beyond that, no row of then was changed or removed. */
    public boolean isUnchanged() {
        return tables.stream().flatMap(t -> t.columns().stream()).allMatch(Column::isUnchanged);
    }
}
