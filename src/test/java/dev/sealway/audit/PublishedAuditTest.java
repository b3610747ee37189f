package dev.sealway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.crypto.KnownAnswers;
import dev.sealway.json.Json;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published entries, which another implementation of the format has computed. */
class PublishedAuditTest {

    static Stream<KnownAnswers.Answer> entries() {
        return KnownAnswers.audit("entries").stream();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void computesThePublishedEntries(KnownAnswers.Answer answer) {
        AuditEntry entry = new AuditEntry(
                answer.number("seq"),
                answer.text("at"),
                answer.text("run_id"),
                answer.text("actor"),
                answer.text("event"),
                answer.text("body"),
                answer.text("prev_hash"),
                "",
                Optional.empty());
        byte[] hash = entry.computedHash();
        assertThat(HexFormat.of().formatHex(hash)).isEqualTo(answer.text("entry_hash"));
        assertThat(TrailFixture.mac(KnownAnswers.auditBundle()).tag(hash)).isEqualTo(answer.bytes("mac"));
        assertThat(Json.canonical(Json.parse(answer.text("body")))).isEqualTo(answer.text("body"));
    }
}
