package dev.sealway.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AssociatedDataTest {

    private static final Encoding TEXT = Encoding.parse("pgtext/1");

    @ParameterizedTest
    @MethodSource("published")
    void hasTheFrozenBytes(KnownAnswers.Answer answer) {
        assertThat(answer.associatedData().bytes()).isEqualTo(answer.bytes("bytes"));
    }

    static Stream<KnownAnswers.Answer> published() {
        return KnownAnswers.of("associated_data").stream();
    }

    @Test
    @DisplayName("T25 no two lists of parts give the same bytes")
    void keepsPartsApart() {
        assertThat(List.of(
                        LengthPrefixed.of("a.b", "c").toByteArray(),
                        LengthPrefixed.of("a", "b.c").toByteArray(),
                        LengthPrefixed.of("a.b.c").toByteArray(),
                        LengthPrefixed.of("a.bc").toByteArray(),
                        LengthPrefixed.of("a.bc", "").toByteArray(),
                        LengthPrefixed.of("", "a.bc").toByteArray(),
                        LengthPrefixed.of().toByteArray()))
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("T25 column, row, context, encoding and row key are kept apart")
    void keepsPlacesApart() {
        assertThat(List.of(
                        AssociatedData.ofColumn("a.b", TEXT).bytes(),
                        AssociatedData.ofColumn("a", TEXT).bytes(),
                        AssociatedData.ofColumn("a.b", Encoding.parse("raw/1")).bytes(),
                        AssociatedData.ofColumn("a.b", Encoding.parse("pgtext/1;pad=32"))
                                .bytes(),
                        AssociatedData.ofRow("a.b", TEXT, List.of()).bytes(),
                        AssociatedData.ofRow("a.b", TEXT, List.of("a.b", "c")).bytes(),
                        AssociatedData.ofRow("a.b", TEXT, List.of("a", "b.c")).bytes(),
                        AssociatedData.ofRow("a", TEXT, List.of("b", "c")).bytes()))
                .doesNotHaveDuplicates();
    }
}
