package dev.sealway.certificate;

import dev.sealway.audit.AuditVerdict;
import dev.sealway.ledger.Chronicle;
import dev.sealway.ledger.KnownKey;
import dev.sealway.ledger.RecordedBackup;
import java.time.Instant;
import java.util.List;

/**
 * What a ledger and an audit trail say of a plan at one moment. Names, counts, sums and key ids; never a value, a row key
 * or a key.
 */
public record Certificate(
        Heading heading,
        List<Column> columns,
        Safeguards safeguards,
        History history,
        Lingering lingering,
        AuditVerdict trail) {

    public Certificate {
        columns = List.copyOf(columns);
    }

    /**
     * What it is about.
     *
     * @param madeAt by the database's clock
     * @param madeBy the role of the database and, in brackets, the operator
     * @param tool the version of Sealway
     */
    public record Heading(String plan, String database, String server, Instant madeAt, String madeBy, String tool) {}

    /**
     * One column.
     *
     * @param algorithm in words
     * @param comparisons with its evidence, the newest first
     */
    public record Column(Chronicle.Column facts, String algorithm, List<Chronicle.Comparison> comparisons) {

        public Column {
            comparisons = List.copyOf(comparisons);
        }
    }

    /** What the values could be brought back with. */
    public record Safeguards(
            List<KnownKey> keys,
            List<Chronicle.OfflineCopy> offlineCopies,
            List<RecordedBackup> backups,
            List<Chronicle.Rehearsal> rehearsals) {

        public Safeguards {
            keys = List.copyOf(keys);
            offlineCopies = List.copyOf(offlineCopies);
            backups = List.copyOf(backups);
            rehearsals = List.copyOf(rehearsals);
        }
    }

    /** What was done and decided. */
    public record History(List<Chronicle.Step> runs, List<Chronicle.Decision> decisions) {

        public History {
            runs = List.copyOf(runs);
            decisions = List.copyOf(decisions);
        }
    }

    /**
     * What is left to do.
     *
     * @param residue where plaintext may linger, one sentence each
     * @param open what is not done or does not hold, one sentence each; empty if everything is
     */
    public record Lingering(List<String> residue, List<String> open) {

        public Lingering {
            residue = List.copyOf(residue);
            open = List.copyOf(open);
        }
    }

    /** Whether nothing is open. */
    public boolean isComplete() {
        return lingering.open().isEmpty();
    }
}
