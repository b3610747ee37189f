package dev.sealway.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.crypto.AssociatedData;
import dev.sealway.crypto.FieldCipher;
import dev.sealway.crypto.OpenFailedException;
import dev.sealway.crypto.Plaintext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ColumnTallyTest {

    private static final byte[] VALUE = "value".getBytes(UTF_8);

    @Test
    @DisplayName("T70 a verifier that would accept anything does not pass its own control")
    void refusesACipherThatOpensAnything() {
        ColumnProof proof = proven(new FieldCipher() {
            @Override
            public byte[] primaryPrefix() {
                return new byte[0];
            }

            @Override
            public byte[] seal(Plaintext plaintext, AssociatedData associatedData) {
                return plaintext.revealBytes().clone();
            }

            @Override
            public Plaintext open(byte[] ciphertext, AssociatedData associatedData) {
                return Plaintext.owning(VALUE.clone());
            }
        });
        assertThat(proof.mismatched()).isZero();
        assertThat(proof.controlled()).isFalse();
        assertThat(proof.passed()).isFalse();
    }

    @Test
    void passesACipherThatNoticesTheControl() {
        ColumnProof proof = proven(new FieldCipher() {
            @Override
            public byte[] primaryPrefix() {
                return new byte[0];
            }

            @Override
            public byte[] seal(Plaintext plaintext, AssociatedData associatedData) {
                return plaintext.revealBytes().clone();
            }

            @Override
            public Plaintext open(byte[] ciphertext, AssociatedData associatedData) {
                if (!Arrays.equals(ciphertext, VALUE)) {
                    throw OpenFailedException.authenticationFailed(1);
                }
                return Plaintext.owning(ciphertext.clone());
            }
        });
        assertThat(proof.controlled()).isTrue();
        assertThat(proof.passed()).isTrue();
    }

    private static ColumnProof proven(FieldCipher cipher) {
        WalkedColumn column = Columns.name(cipher);
        EvidenceHash hash = new EvidenceHash((input, length) -> new byte[length], "test", Columns.CONTEXT);
        RowProver prover = new RowProver(List.of(column), List.of(hash));
        ColumnTally tally = new ColumnTally(column, 0, prover, Optional.of(new EvidenceSum()));
        byte[][] value = {VALUE.clone()};
        ProofRow row = new ProofRow(List.of("1"), value, new byte[][] {VALUE.clone()}, new byte[1][]);
        prover.prove(List.of(row)).forEach(tally::take);
        return tally.close();
    }
}
