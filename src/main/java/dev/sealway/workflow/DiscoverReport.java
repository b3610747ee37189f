package dev.sealway.workflow;

import dev.sealway.discover.live.StatementUse;
import dev.sealway.plan.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What looks like personal data or secrets, and what sealing it would take. No value of a row is in it.
 *
 * @param database its name
 * @param tables with at least one finding
 * @param lookedAt how many tables were looked at
 * @param columns how many columns
 * @param notices what could not be seen
 */
public record DiscoverReport(String database, List<Table> tables, int lookedAt, int columns, List<String> notices) {

    /**
     * A table.
     *
     * @param sampled rows of which values were read
     * @param obstacles why it cannot be worked on as it is; empty if it can
     */
    public record Table(
            TableName name, long estimatedRows, long sampled, List<String> obstacles, List<Column> columns) {

        public Table {
            obstacles = List.copyOf(obstacles);
            columns = List.copyOf(columns);
        }

        /** Whether a column of it is proposed. */
        public boolean isProposed() {
            return columns.stream().anyMatch(Column::proposed);
        }
    }

    /**
     * A column.
     *
     * @param type as SQL
     * @param kind in words
     * @param confidence in percent
     * @param reason shares and names
     * @param proposed whether it goes into the plan
     * @param obstacles why it cannot be sealed as it is, or need not be
     * @param search what a look-up by its values would take; empty if nobody looks up such values
     * @param impacts what hangs on it
     * @param uses statements that find, sort or join rows by it
     */
    public record Column(
            String name,
            String type,
            String kind,
            int confidence,
            String reason,
            boolean proposed,
            List<String> obstacles,
            Optional<Search> search,
            List<Impact> impacts,
            List<StatementUse> uses) {

        public Column {
            obstacles = List.copyOf(obstacles);
            impacts = List.copyOf(impacts);
            uses = List.copyOf(uses);
        }
    }

    /**
     * A search token.
     *
     * @param carried constraints and indexes whose place the token takes, as a plan's dispositions name them
     * @param rows values that are not NULL; likewise different ones, and how often the most frequent one occurs
     * @param leftOut why it is not proposed; empty if it is
     */
    public record Search(
            String normalizer,
            List<String> carried,
            long rows,
            long distinct,
            long top,
            int bits,
            Optional<String> leftOut) {

        public Search {
            carried = List.copyOf(carried);
        }

        /** Whether the column's uniqueness moves to the token. */
        public boolean carriesUnique() {
            return !carried.isEmpty();
        }
    }

    /**
     * An object that hangs on a column.
     *
     * @param key of its disposition in a plan
     * @param effect what dropping the column would do to it
     * @param line to be pasted under the plan's dispositions
     */
    public record Impact(String key, String effect, String line) {}

    public DiscoverReport {
        tables = List.copyOf(tables);
        notices = List.copyOf(notices);
    }

    /** How many columns are proposed. */
    public long proposed() {
        return tables.stream()
                .flatMap(t -> t.columns().stream())
                .filter(Column::proposed)
                .count();
    }

    /** The plan, as YAML with comments; only worth keeping if something is {@link #proposed}. */
    public String draft() {
        return new DraftPlan(this).text();
    }
}
