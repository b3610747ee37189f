package dev.sealway.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.config.PlanTexts;
import dev.sealway.flyway.DropGate.Decision;
import dev.sealway.flyway.DropGate.GoesAhead;
import dev.sealway.flyway.DropGate.HasNothingToDo;
import dev.sealway.flyway.DropGate.Waits;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.plan.ConfirmationPhrase;
import dev.sealway.plan.Plan;
import dev.sealway.plan.PlannedMigration.Phase;
import dev.sealway.plan.TableName;
import dev.sealway.workflow.StatusReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DropGateTest {
    private static final TableName CUSTOMER = new TableName("public", "customer");
    private static final Plan PLAN = PlanTexts.plan("""
            sealway: 1
            name: shop
            keys: { provider: env, ref: SEALWAY_KEYS }
            tables:
              public.customer:
                columns: { email: {}, phone: { change: 2 } }
            """, "shop.yaml");

    @Test
    void waitsUntilEveryColumnIsVerified() {
        StatusReport status = status(ColumnPhase.VERIFIED, ColumnPhase.BACKFILLED);

        assertThat(decide("", status)).isInstanceOfSatisfying(Waits.class, waits -> assertThat(waits.why())
                .contains("public.customer.phone is not verified yet"));
        assertThat(decide(phrase("email", "phone"), status)).isInstanceOf(Waits.class);
    }

    @Test
    void waitsBeforeAnythingWasDone() {
        assertThat(decide("", status(null, null))).isInstanceOf(Waits.class);
    }

    @Test
    void namesThePhraseThatItWaitsFor() {
        assertThat(decide("", status(ColumnPhase.VERIFIED, ColumnPhase.VERIFIED)))
                .isInstanceOfSatisfying(Waits.class, waits -> assertThat(waits.why())
                        .contains("2 columns still hold plaintext")
                        .contains("-Dflyway.placeholders.sealway.confirmDrop=" + phrase("email", "phone")));
    }

    @Test
    void saysWhoseWayBackIsToBeRehearsedFirst() {
        StatusReport verified = status(ColumnPhase.VERIFIED, ColumnPhase.VERIFIED);
        StatusReport status = new StatusReport("shop", verified.columns(), verified.phrase(), List.of(CUSTOMER), "");

        assertThat(decide("", status)).isInstanceOfSatisfying(Waits.class, waits -> assertThat(waits.why())
                .contains("the way back of public.customer is to be rehearsed", "sealway rollback --rehearse"));
        assertThat(gate(Map.of("sealway.skipRehearsal", "drop it")).decide(status))
                .isInstanceOfSatisfying(
                        Waits.class, waits -> assertThat(waits.why()).doesNotContain("rehears"));
    }

    @Test
    void goesAheadWithAnyPhraseThatWasNotUsedBefore() {
        StatusReport status = status(ColumnPhase.VERIFIED, ColumnPhase.VERIFIED);

        assertThat(decide(phrase("email", "phone"), status)).isInstanceOf(GoesAhead.class);
        assertThat(decide("drop it", status)).isInstanceOf(GoesAhead.class);
    }

    @Test
    void takesASpentPhraseForNone() {
        StatusReport grown = status(ColumnPhase.CONTRACTED, ColumnPhase.VERIFIED);

        assertThat(decide(phrase("email"), grown)).isInstanceOf(Waits.class);
        assertThat(decide(phrase("phone"), grown)).isInstanceOf(GoesAhead.class);
    }

    @Test
    void hasNothingToDoWhenEverythingIsGone() {
        assertThat(decide("", status(ColumnPhase.CONTRACTED, ColumnPhase.CONTRACTED)))
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
        return new DropGate(course(placeholders));
    }

    static Course course(Map<String, String> placeholders) {
        return Course.shared(PLAN, Set.of(Phase.CONTRACT), OptionalInt.empty(), SealwayPlaceholders.from(placeholders));
    }

    /** Everything is ready to be dropped. */
    static StatusReport verified() {
        return status(ColumnPhase.VERIFIED, ColumnPhase.VERIFIED);
    }

    private static String phrase(String... columns) {
        return ConfirmationPhrase.of(
                        "shop",
                        List.of(columns).stream().map(c -> CUSTOMER + "." + c).toList())
                .text();
    }

    private static StatusReport status(ColumnPhase email, ColumnPhase phone) {
        List<String> present = new ArrayList<>();
        if (email != ColumnPhase.CONTRACTED) {
            present.add("email");
        }
        if (phone != ColumnPhase.CONTRACTED) {
            present.add("phone");
        }
        Optional<String> phrase =
                present.isEmpty() ? Optional.empty() : Optional.of(phrase(present.toArray(new String[0])));
        return new StatusReport("shop", List.of(column("email", email), column("phone", phone)), phrase, List.of(), "");
    }

    private static StatusReport.Column column(String name, ColumnPhase phase) {
        return new StatusReport.Column(
                CUSTOMER, name, Optional.ofNullable(phase), 0, 0, 0, 0, 0, Optional.empty(), Optional.empty());
    }
}
