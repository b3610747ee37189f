package dev.sealway.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PlaintextTest {

    @Test
    @DisplayName("T84 its bytes are zeroed when it is closed")
    void isZeroedWhenItIsClosed() {
        byte[] bytes = {1, 2, 3};

        Plaintext.owning(bytes).close();

        assertThat(bytes).containsOnly(0);
    }

    @Test
    void comparesByContentAndHashesByNothing() {
        var one = Plaintext.owning(new byte[] {1});

        assertThat(one).isEqualTo(Plaintext.owning(new byte[] {1})).isNotEqualTo(Plaintext.owning(new byte[] {2}));
        assertThat(one).hasSameHashCodeAs(Plaintext.owning(new byte[] {2}));
    }
}
