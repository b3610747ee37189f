package dev.sealway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.crypto.AssociatedData;
import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.FieldCipher;
import dev.sealway.crypto.Plaintext;
import dev.sealway.error.SealwayException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProveAheadTest {

    private static final int ROWS = 2_345;

    @Test
    void handsRowsOnInTheOrderInWhichTheyCame() {
        List<String> keys = new ArrayList<>();
        CountDownLatch third = new CountDownLatch(3);
        Stalling cipher = new Stalling(3, batch -> {
            third.countDown();
            await(third);
        });
        opened(cipher, row -> {
            keys.add(row.row().key().get(0));
            assertThat(row.row().plaintexts()[0])
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(row.row().key().get(0));
            assertThat(row.verdicts().get(0).standing()).isEqualTo(RowProof.Standing.PROVEN);
        });
        assertThat(keys)
                .containsExactlyElementsOf(
                        IntStream.range(0, ROWS).mapToObj(Integer::toString).toList());
        assertThat(cipher.most).hasValue(3);
    }

    @Test
    void failsAsTheCipherFails() {
        Stalling cipher = new Stalling(2, batch -> {
            if (batch == 2) {
                throw SealwayException.failed("the service is away");
            }
        });
        AtomicInteger taken = new AtomicInteger();
        assertThatThrownBy(() -> opened(cipher, row -> taken.incrementAndGet()))
                .isInstanceOf(SealwayException.class)
                .hasMessage("the service is away");
        assertThat(taken).hasValueLessThan(ROWS);
    }

    @Test
    void opensNothingThatHasNoPlaintextBesideIt() {
        Stalling cipher = new Stalling(1, batch -> {});
        List<RowProof.Standing> standings = new ArrayList<>();
        try (ProveAhead ahead = new ProveAhead(
                prover(cipher), row -> standings.add(row.verdicts().get(0).standing()))) {
            ahead.bring(new ProofRow(List.of("1"), new byte[1][], new byte[][] {{1}}, new byte[1][]));
            ahead.bring(new ProofRow(List.of("2"), new byte[][] {{1}}, new byte[1][], new byte[1][]));
            ahead.finish();
        }
        assertThat(standings).containsExactly(RowProof.Standing.MISMATCHED, RowProof.Standing.DIRTY);
        assertThat(cipher.batches).hasValue(0);
    }

    private static void opened(FieldCipher cipher, java.util.function.Consumer<ProvenRow> taker) {
        try (ProveAhead ahead = new ProveAhead(prover(cipher), taker)) {
            for (int i = 0; i < ROWS; i++) {
                byte[][] value = {Integer.toString(i).getBytes(StandardCharsets.UTF_8)};
                ahead.bring(new ProofRow(List.of(Integer.toString(i)), value, value, new byte[1][]));
            }
            ahead.finish();
        }
    }

    private static RowProver prover(FieldCipher cipher) {
        return new RowProver(List.of(Columns.name(cipher)), List.of());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives back what it gets, and counts how many of its batches are under way. */
    private static final class Stalling implements FieldCipher {

        private final int concurrency;
        private final java.util.function.IntConsumer meanwhile;
        private final AtomicInteger batches = new AtomicInteger();
        private final AtomicInteger underWay = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        Stalling(int concurrency, java.util.function.IntConsumer meanwhile) {
            this.concurrency = concurrency;
            this.meanwhile = meanwhile;
        }

        @Override
        public List<Attempt<Plaintext>> openAll(List<byte[]> ciphertexts, List<AssociatedData> associatedData) {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            try {
                meanwhile.accept(batches.incrementAndGet());
                return ciphertexts.stream()
                        .<Attempt<Plaintext>>map(c -> new Attempt.Done<>(Plaintext.owning(c.clone())))
                        .toList();
            } finally {
                underWay.decrementAndGet();
            }
        }

        @Override
        public byte[] seal(Plaintext plaintext, AssociatedData associatedData) {
            return plaintext.revealBytes().clone();
        }

        @Override
        public Plaintext open(byte[] ciphertext, AssociatedData associatedData) {
            return Plaintext.owning(ciphertext.clone());
        }

        @Override
        public byte[] primaryPrefix() {
            return new byte[0];
        }

        @Override
        public int concurrency() {
            return concurrency;
        }
    }
}
