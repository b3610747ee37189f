package dev.sealway.cli.pii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.plan.Plan;
import dev.sealway.planfile.PlanReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannedTypeTest {
    private static final Plan PLAN = PlanReader.read(Path.of("db/pii/sealway.yaml"));

    @Test
    void writesHyphensForUnderscores() {
        assertThat(chosen("all")).containsExactly("users", "guest-orders", "tenant-configs");
        assertThat(chosen("tenant-configs", "users")).containsExactly("users", "tenant-configs");
        assertThat(PlannedType.selection(PlannedType.chosen(PLAN, List.of("guest-orders")))
                        .tables())
                .containsExactly("public.guest_orders");
    }

    @Test
    void refusesATypeThatThePlanDoesNotHave() {
        assertThatThrownBy(() -> chosen("guest_order"))
                .isInstanceOf(SealwayException.class)
                .hasMessage("plan pii has no type 'guest_order'; did you mean 'guest-orders'?");
    }

    @Test
    void refusesAPlanWhoseTablesAreExpanded() {
        Plan expanded = PlanReader.read(Path.of("db/sealway.yaml"));
        assertThatThrownBy(() -> PlannedType.chosen(expanded, List.of("all")))
                .hasMessageContaining("public.users")
                .hasMessageContaining("sealway expand");
    }

    private static List<String> chosen(String... words) {
        return PlannedType.chosen(PLAN, List.of(words)).stream()
                .map(PlannedType::word)
                .toList();
    }
}
