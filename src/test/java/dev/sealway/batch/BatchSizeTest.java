package dev.sealway.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchSizeTest {

    @Test
    void halvesDownToOneRow() {
        BatchSize size = new BatchSize(10, Pace.NONE);
        size.halve(10);
        assertThat(size.rows()).isEqualTo(5);
        size.halve(5);
        size.halve(2);
        size.halve(1);
        assertThat(size.rows()).isEqualTo(1);
    }

    @Test
    void growsBackAfterBatchesThatPassed() {
        BatchSize size = new BatchSize(100, Pace.NONE);
        size.halve(100);
        size.halve(50);
        pass(size, 7);
        assertThat(size.rows()).isEqualTo(25);
        pass(size, 1);
        assertThat(size.rows()).isEqualTo(50);
        pass(size, 8);
        assertThat(size.rows()).isEqualTo(100);
    }

    @Test
    void halvesOnceForAllThatMetTheSame() {
        BatchSize size = new BatchSize(2_500, Pace.NONE);
        for (int worker = 1; worker <= 8; worker++) {
            size.halve(2_500);
        }
        assertThat(size.rows()).isEqualTo(1_250);
    }

    @Test
    void followsThePaceAtOnce() {
        int[] wanted = {30};
        BatchSize size = new BatchSize(100, new Pace() {
            @Override
            public int batchSize(int planned) {
                return wanted[0];
            }
        });
        assertThat(size.rows()).isEqualTo(30);
        wanted[0] = 300;
        assertThat(size.rows()).isEqualTo(300);
    }

    @Test
    void halvesWhatTookLong() {
        BatchSize size = new BatchSize(100, Pace.NONE);
        size.passed(100, 3_000_000_000L);
        assertThat(size.rows()).isEqualTo(50);
        size.passed(1, 3_000_000_000L);
        assertThat(size.rows()).isEqualTo(50);
    }

    private static void pass(BatchSize size, int times) {
        for (int i = 0; i < times; i++) {
            size.passed(10, 1_000);
        }
    }
}
