package dev.sealway.phase.estimate;

import dev.sealway.plan.TableName;
import java.time.Duration;
import java.util.List;

/** What a backfill will cost, measured on a sample. */
public record EstimateReport(List<Table> tables) {

    public EstimateReport {
        tables = List.copyOf(tables);
    }

    /**
     * @param rows in the table, estimated by the server where it is large
     * @param sampledRows rows of the largest sample that was really sealed and written, and rolled back
     * @param time for the whole table at the rate of the sample
     * @param tableGrowth bytes that heap and TOAST grow by, dead rows included
     * @param walBytes bytes of WAL
     * @param batchSize the batch size that did best per row
     */
    public record Table(
            TableName name,
            long rows,
            long sampledRows,
            Duration time,
            long tableGrowth,
            long walBytes,
            int batchSize) {}
}
