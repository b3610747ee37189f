package dev.sealway.batch;

import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import java.util.List;

/**
 * What a walk does with a table.
 *
 * @param word what people call it: {@code backfill}
 * @param guardMode what the writes say they are, see {@link dev.sealway.guard.Guard}
 * @param mayLeave how many pending rows may be left to writers who are faster than the catch-up
 */
public record TableTask(WalkedTable table, List<ColumnTask> columns, String word, String guardMode, long mayLeave) {

    private static final String REFILL = "refill";

    public TableTask {
        columns = List.copyOf(columns);
    }

    /** Encrypts what is plaintext in the columns of {@code table}. */
    public static TableTask sealing(WalkedTable table) {
        return new TableTask(
                table,
                table.columns().stream().<ColumnTask>map(SealTask::new).toList(),
                "backfill",
                "backfill",
                CatchUp.FEW);
    }

    /** Decrypts what was encrypted in place in the columns of {@code table}. */
    public static TableTask reversing(WalkedTable table) {
        return reversing(table, "rollback");
    }

    /** As {@link #reversing(WalkedTable)}, called by another word. */
    public static TableTask reversing(WalkedTable table, String word) {
        return new TableTask(
                table,
                table.columns().stream().<ColumnTask>map(ReverseTask::new).toList(),
                word,
                "backfill",
                0);
    }

    /**
     * Decrypts into the plaintext columns of {@code table} what only their encrypted columns hold, whatever the plan's {@code
     * where} says of their rows. The guard has to know the ciphertext as the authority: it nulls the plaintext that an
     * application leaves behind, which is then pending again.
     *
     * @param word what people call it: {@code rollback}
     */
    public static TableTask refilling(WalkedTable table, String word) {
        return new TableTask(
                table.everywhere(),
                table.columns().stream()
                        .<ColumnTask>map(c -> RefillTask.of(table, c))
                        .toList(),
                word,
                REFILL,
                CatchUp.FEW);
    }

    /** What {@link #refilling} asks of a row, for the predicate of an index, which names columns without their table. */
    public static Sql awaitsRefill(WalkedTable table) {
        return Sql.join(
                " OR ", table.columns().stream().map(RefillTask::isPending).toList());
    }

    /** Whether plaintext is written from ciphertexts that stay. */
    boolean isRefill() {
        return guardMode.equals(REFILL);
    }

    /**
     * Moves the ciphertexts in the columns of {@code table} to the keyset primary, whatever the plan's {@code where} says
     * of their rows. Applications that still seal with an older key may leave some at any time.
     *
     * @param proving whether each new ciphertext is opened again and compared before it is written
     */
    public static TableTask rewrapping(WalkedTable table, boolean proving) {
        return new TableTask(
                table.everywhere(),
                table.columns().stream()
                        .<ColumnTask>map(c -> new RewrapTask(c, proving))
                        .toList(),
                "keys reencrypt",
                "rewrap",
                Long.MAX_VALUE);
    }

    /** Makes the tokens under the newest key for the columns of {@code table}, all of which have a rotation under way. */
    public static TableTask retokening(WalkedTable table) {
        return new TableTask(
                table,
                table.columns().stream().<ColumnTask>map(TokenTask::new).toList(),
                "keys tokens start",
                "retoken",
                CatchUp.FEW);
    }

    /** Seals values from elsewhere over ciphertexts of the columns of {@code table} that do not open any more. */
    static TableTask restoring(WalkedTable table) {
        return new TableTask(
                table,
                table.columns().stream().<ColumnTask>map(RestoreTask::new).toList(),
                "restore",
                "rewrap",
                0);
    }

    /** True in SQL for a row of the given alias in which there is something to do. */
    public Sql isPendingIn(Identifier row) {
        return Sql.join(" OR ", columns.stream().map(c -> c.isPendingIn(row)).toList());
    }

    /** How many batches may usefully be under way at once. */
    int concurrency() {
        return columns.stream().mapToInt(ColumnTask::concurrency).max().orElse(1);
    }

    /**
     * How many finished batches may wait to be written: as many as are under way, so that none of them stands still because
     * the writer is busy, and one is read while another is sealed.
     */
    int waitingBatches() {
        return concurrency();
    }

    /** The same work on the same table's shape under another name. */
    TableTask at(WalkedTable other) {
        return new TableTask(other, columns, word, guardMode, mayLeave);
    }
}
