package dev.sealway.coverage;

import dev.sealway.ledger.ColumnPhase;
import dev.sealway.plan.TableName;
import dev.sealway.residue.Trace;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a database holds what its plan promises. Names and counts; never a value, and no row keys, since reports of
 * builds are read by many.
 *
 * @param database its name
 * @param at by the database's clock, as ISO 8601
 * @param until how far every column should be at least
 * @param concerns what was looked for
 * @param columns in the order of the plan
 * @param unplanned columns that look like personal data and are in no plan
 * @param unseen tables that could not be looked at for such columns, or by their names alone, each with the reason
 * @param residue where plaintext of columns that are done lingers, or may; empty while none is done
 */
public record CoverageReport(
        String plan,
        String database,
        String at,
        ColumnPhase until,
        List<Concern> concerns,
        List<Column> columns,
        List<Unplanned> unplanned,
        List<String> unseen,
        List<Trace> residue) {

    public CoverageReport {
        concerns = concerns.stream().sorted().toList();
        columns = List.copyOf(columns);
        unplanned = List.copyOf(unplanned);
        unseen = List.copyOf(unseen);
        residue = List.copyOf(residue);
    }

    /**
     * One column of the plan.
     *
     * @param phase empty before expand
     * @param rows empty if they were not looked at
     * @param faults empty if all is well
     */
    public record Column(
            TableName table, String name, Optional<ColumnPhase> phase, Optional<Rows> rows, List<Fault> faults) {

        public Column {
            faults = List.copyOf(faults);
        }

        public boolean passed() {
            return faults.isEmpty();
        }

        /** {@code public.users.email}. */
        public String fullName() {
            return "%s.%s".formatted(table, name);
        }
    }

    /**
     * How the rows of a column stand.
     *
     * @param proven rows that decrypt to their plaintext and have its token; after the drop, and in place, that decrypt
     * @param onlyEncrypted rows that decrypt and have no plaintext, which is in order after the cut over
     * @param nulls rows without a value
     * @param stale rows whose plaintext is not encrypted, or not encrypted again since it changed
     * @param outside rows in clear that the plan's {@code where} leaves out
     * @param wrong rows that do not decrypt, or not to what they should
     */
    public record Rows(long proven, long onlyEncrypted, long nulls, long stale, long outside, long wrong) {}

    /**
     * Something that does not hold.
     *
     * @param words what it is, as a sentence without its full stop
     * @param cure the command that mends it
     */
    public record Fault(Concern concern, String words, String cure) {

        /** Both in one sentence. */
        public String sentence() {
            return "%s; %s".formatted(words, cure);
        }
    }

    /**
     * A column that looks like personal data.
     *
     * @param why in words; shares and names, no value
     */
    public record Unplanned(TableName table, String name, String why) {

        /** What it is and what mends it, in one sentence. */
        public String sentence() {
            return "column %s.%s %s, and is in no plan; add it to one, or leave 'unplanned' out of what fails"
                    .formatted(table, name, why);
        }
    }

    /** Where plaintext is that should be gone. */
    public List<Trace> lingering() {
        return residue.stream().filter(t -> t.state() == Trace.State.PRESENT).toList();
    }

    /** Everything that does not hold, one sentence each. */
    public List<String> faults() {
        return Stream.of(
                        columns.stream().flatMap(c -> c.faults().stream()).map(Fault::sentence),
                        unplanned.stream().map(Unplanned::sentence),
                        lingering().stream().map(t -> "%s; %s".formatted(t.sentence(), t.mend())))
                .flatMap(sentences -> sentences)
                .toList();
    }

    public boolean passed() {
        return columns.stream().allMatch(Column::passed)
                && unplanned.isEmpty()
                && lingering().isEmpty();
    }
}
