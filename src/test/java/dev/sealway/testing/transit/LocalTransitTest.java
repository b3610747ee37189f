package dev.sealway.testing.transit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.crypto.AssociatedData;
import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.CiphertextForm;
import dev.sealway.crypto.Encoding;
import dev.sealway.crypto.OpenFailedException;
import dev.sealway.crypto.Plaintext;
import dev.sealway.error.SealwayException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalTransitTest {

    private static final AssociatedData HERE = AssociatedData.ofColumn("here", new Encoding(Encoding.Form.PGTEXT_1, 0));

    @Test
    void opensInItsOwnPlaceWhatItSealed() {
        LocalTransit transit = LocalTransit.of("one");
        byte[] sealed = transit.seal(value("Grüße"), HERE);
        assertThat(new String(sealed, StandardCharsets.US_ASCII)).matches(CiphertextForm.TRANSIT_PATTERN);
        assertThat(transit.open(sealed, HERE)).isEqualTo(value("Grüße"));
        assertThatThrownBy(() -> transit.open(sealed, AssociatedData.none())).isInstanceOf(OpenFailedException.class);
        assertThatThrownBy(() -> LocalTransit.of("two").open(sealed, HERE)).isInstanceOf(OpenFailedException.class);
    }

    @Test
    void failsAsItIsTold() {
        LocalTransit transit = LocalTransit.of("one").awayAt(call -> call == 2).failingAt(item -> item == 1);
        List<Attempt<byte[]>> first = transit.sealAll(List.of(value("a"), value("b")), List.of(HERE, HERE));
        assertThat(first.get(0)).isInstanceOf(Attempt.Failed.class);
        assertThat(first.get(1)).isInstanceOf(Attempt.Done.class);
        assertThatThrownBy(() -> transit.sealAll(List.of(value("c")), List.of(HERE)))
                .isInstanceOf(SealwayException.class);
        assertThat(transit.calls()).isEqualTo(2);
    }

    private static Plaintext value(String text) {
        return Plaintext.owning(text.getBytes(StandardCharsets.UTF_8));
    }
}
