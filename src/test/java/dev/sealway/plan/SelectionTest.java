package dev.sealway.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.error.SealwayException.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelectionTest {

    private final Plan plan = new Plan(
            "demo",
            Optional.of(new KeySource("env", "K", Map.of(), Optional.empty())),
            List.of(),
            5_000,
            "data/default",
            List.of(
                    table("users", column("email", 1), column("phone", 2)),
                    table("orders", column("email", 1), column("iban", 3))));

    @Test
    void choosesByTableColumnAndChange() {
        assertThat(plan.select(Selection.ALL)).isEqualTo(plan);
        assertThat(chosen(Set.of("users"), Set.of())).containsExactly("public.users.email", "public.users.phone");
        assertThat(chosen(Set.of("public.orders"), Set.of("email"))).containsExactly("public.orders.email");
        assertThat(chosen(Set.of(), Set.of("email"))).containsExactly("public.orders.email", "public.users.email");
        assertThat(chosen(Set.of(), Set.of("users.email", "public.orders.iban")))
                .containsExactly("public.orders.iban", "public.users.email");
        assertThat(plan.select(Selection.ofChange(3)).columnNames()).containsExactly("public.orders.iban");
    }

    @Test
    void refusesEverythingUnknownAtOnce() {
        var selection = new Selection(Set.of("user"), Set.of("public.users.emial"), OptionalInt.of(4));

        assertThatThrownBy(() -> plan.select(selection))
                .isInstanceOf(SealwayException.class)
                .hasMessage("the plan demo has no table 'user'; did you mean 'users'?; "
                        + "and no column 'public.users.emial'; did you mean 'public.users.email'?; "
                        + "and no change 4; it has [1, 2, 3]")
                .extracting(e -> ((SealwayException) e).outcome())
                .isEqualTo(Outcome.WRONG_USAGE);
    }

    @Test
    void refusesAChoiceThatIsEmpty() {
        var selection = new Selection(Set.of("users"), Set.of("iban"), OptionalInt.empty());

        assertThatThrownBy(() -> plan.select(selection))
                .hasMessage("the chosen tables, columns and change have no column of the plan demo in common; "
                        + "leave one of them out");
    }

    private List<String> chosen(Set<String> tables, Set<String> columns) {
        return plan.select(new Selection(tables, columns, OptionalInt.empty())).columnNames();
    }

    private static TablePlan table(String name, ColumnPlan... columns) {
        return new TablePlan(
                new TableName("public", name),
                1,
                Mode.EXPAND,
                Binding.COLUMN,
                Optional.empty(),
                false,
                Optional.empty(),
                List.of(columns),
                Map.of());
    }

    private static ColumnPlan column(String name, int change) {
        return new ColumnPlan(
                name, change, 1, Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty(), false);
    }
}
