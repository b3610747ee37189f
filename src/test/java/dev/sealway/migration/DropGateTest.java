package dev.sealway.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.ledger.ColumnPhase;
import dev.sealway.migration.DropGate.Decision;
import dev.sealway.migration.DropGate.GoesAhead;
import dev.sealway.migration.DropGate.HasNothingToDo;
import dev.sealway.migration.DropGate.Waits;
import dev.sealway.workflow.StatusReport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DropGateTest {
    @Test
    void waitsUntilEveryColumnIsVerified() {
        StatusReport status = PreparedDrop.status(ColumnPhase.VERIFIED, ColumnPhase.BACKFILLED);

        assertThat(decide("", status)).isInstanceOfSatisfying(Waits.class, waits -> assertThat(waits.why())
                .contains("public.customer.phone is not verified yet"));
        assertThat(decide(PreparedDrop.phrase("email", "phone"), status)).isInstanceOf(Waits.class);
    }

    @Test
    void waitsBeforeAnythingWasDone() {
        assertThat(decide("", PreparedDrop.status(null, null))).isInstanceOf(Waits.class);
    }

    @Test
    void namesThePhraseThatItWaitsFor() {
        assertThat(decide("", PreparedDrop.status(ColumnPhase.VERIFIED, ColumnPhase.VERIFIED)))
                .isInstanceOfSatisfying(Waits.class, waits -> assertThat(waits.why())
                        .contains("2 columns still hold plaintext")
                        .contains("with the knob sealway.confirmDrop, as in turn "
                                + PreparedDrop.phrase("email", "phone")));
    }

    @Test
    void saysWhoseWayBackIsToBeRehearsedFirst() {
        StatusReport verified = PreparedDrop.status(ColumnPhase.VERIFIED, ColumnPhase.VERIFIED);
        StatusReport status =
                new StatusReport("shop", verified.columns(), verified.phrase(), List.of(PreparedDrop.CUSTOMER), "");

        assertThat(decide("", status)).isInstanceOfSatisfying(Waits.class, waits -> assertThat(waits.why())
                .contains("the way back of public.customer is to be rehearsed", "sealway rollback --rehearse"));
        assertThat(gate(Map.of("sealway.skipRehearsal", "drop it")).decide(status))
                .isInstanceOfSatisfying(
                        Waits.class, waits -> assertThat(waits.why()).doesNotContain("rehears"));
    }

    @Test
    void goesAheadWithAnyPhraseThatWasNotUsedBefore() {
        StatusReport status = PreparedDrop.status(ColumnPhase.VERIFIED, ColumnPhase.VERIFIED);

        assertThat(decide(PreparedDrop.phrase("email", "phone"), status)).isInstanceOf(GoesAhead.class);
        assertThat(decide("drop it", status)).isInstanceOf(GoesAhead.class);
    }

    @Test
    void takesASpentPhraseForNone() {
        StatusReport grown = PreparedDrop.status(ColumnPhase.CONTRACTED, ColumnPhase.VERIFIED);

        assertThat(decide(PreparedDrop.phrase("email"), grown)).isInstanceOf(Waits.class);
        assertThat(decide(PreparedDrop.phrase("phone"), grown)).isInstanceOf(GoesAhead.class);
    }

    @Test
    void hasNothingToDoWhenEverythingIsGone() {
        assertThat(decide("", PreparedDrop.status(ColumnPhase.CONTRACTED, ColumnPhase.CONTRACTED)))
                .isInstanceOf(HasNothingToDo.class);
    }

    @Test
    void letsAnUnconfirmedDropPassByUnlessToldToFail() {
        Decision waits = new Waits("for a reason");

        assertThat(gate(Map.of()).opensAt(waits)).isFalse();
        assertThat(gate(Map.of("sealway.unconfirmedDrop", "fail")).opensAt(waits))
                .isTrue();
        assertThat(gate(Map.of()).opensAt(new GoesAhead())).isTrue();
        assertThat(gate(Map.of()).opensAt(new HasNothingToDo())).isTrue();
    }

    private static Decision decide(String confirmation, StatusReport status) {
        return gate(Map.of("sealway.confirmDrop", confirmation)).decide(status);
    }

    private static DropGate gate(Map<String, String> placeholders) {
        return new DropGate(PreparedDrop.course(placeholders), PreparedDrop.TOOL);
    }
}
