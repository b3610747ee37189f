package dev.sealway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.error.SealwayException.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanRefusedExceptionTest {

    @Test
    void listsEveryFaultInTheOrderOfTheFile() {
        var refused = new PlanRefusedException(
                "db/sealway.yaml",
                List.of(
                        new PlanFault(12, 9, "tables.public.users.columns.email.pad", "must be 0 to 65536"),
                        new PlanFault(3, "name", "is missing"),
                        new PlanFault(0, "", "is empty")));

        assertThat(refused).hasMessage("""
                the plan db/sealway.yaml is refused for 3 faults, nothing was changed:
                  db/sealway.yaml: is empty
                  db/sealway.yaml:3: name: is missing
                  db/sealway.yaml:12: tables.public.users.columns.email.pad: must be 0 to 65536""");
        assertThat(refused.faults()).extracting(PlanFault::line).containsExactly(0, 3, 12);
        assertThat(refused.outcome()).isEqualTo(Outcome.WRONG_USAGE);
    }
}
