package dev.sealway.batch;

import dev.sealway.batch.SealedBatch.SealedRow;
import dev.sealway.batch.WriteOrder.Stretch;
import dev.sealway.bench.parts.SampleUsers;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a walk does with a batch of 1,000 rows of four columns and a token between reading and writing it; each is measured per
 * row. Not thread-safe.
 */
@State(Scope.Thread)
public class BatchParts {

    private static final int ROWS = 1_000;

    private final TableTask task = TableTask.sealing(new SampleUsers().table());
    private final BatchSealer sealer = new BatchSealer(task.columns());
    private final List<SealedRow> sealed = sealer.seal(fresh()).rows();
    private final BatchWriter writer = new BatchWriter(new BatchSql(task), "NO KEY UPDATE", Stretch.of(sealed));

    /** Sealing it zeroes its values. */
    @State(Scope.Thread)
    public static class Read {

        private ReadBatch batch = fresh();

        /** Not measured. */
        @Setup(Level.Invocation)
        public void renew() {
            batch = fresh();
        }
    }

    public BatchParts() {
        if (sealed.size() != ROWS) {
            throw new IllegalStateException("%d rows of %d could be sealed".formatted(sealed.size(), ROWS));
        }
    }

    private static ReadBatch fresh() {
        List<ReadRow> rows = IntStream.range(ROWS, 2 * ROWS)
                .mapToObj(n -> new ReadRow(SampleUsers.key(n), "742", SampleUsers.values(n)))
                .toList();
        return new ReadBatch(rows, ROWS, Optional.of(rows.get(ROWS - 1).key()), true, false);
    }

    /** Four values and a token, and the values zeroed. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Object seal(Read read) {
        return sealer.seal(read.batch);
    }

    /** The row's place in the seven arrays of the statement that writes: key, version, four ciphertexts, token. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Object arrays() {
        return writer.arrays(sealed);
    }
}
