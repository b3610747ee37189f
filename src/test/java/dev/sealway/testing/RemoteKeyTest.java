package dev.sealway.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sealway.error.SealwayException;
import org.junit.jupiter.api.Test;

class RemoteKeyTest {

    private static final byte[] MATERIAL = {1, 2, 3};
    private static final byte[] PLACE = {4};

    private final RemoteKey kek = new RemoteKey();

    @Test
    void unwrapsWhatItWrappedForThisPlace() {
        byte[] wrapped = kek.wrap(MATERIAL, PLACE);

        assertThat(kek.unwrap(wrapped, PLACE)).isEqualTo(MATERIAL);
        assertThatExceptionOfType(SealwayException.class).isThrownBy(() -> kek.unwrap(wrapped, new byte[] {5}));
        assertThatExceptionOfType(SealwayException.class).isThrownBy(() -> new RemoteKey().unwrap(wrapped, PLACE));
    }
}
