package dev.sealway.migration;

import dev.sealway.config.PlanTexts;
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
import org.jspecify.annotations.Nullable;

/** A drop of two columns, and what the ledger could say of them. */
public final class PreparedDrop {
    static final Tool TOOL = new Tool("knob", "the knob sealway.plan", "turn %s", "a step of phase rehearse");

    static final TableName CUSTOMER = new TableName("public", "customer");
    static final Plan PLAN = PlanTexts.plan("""
            sealway: 1
            name: shop
            keys: { provider: env, ref: SEALWAY_KEYS }
            tables:
              public.customer:
                columns: { email: {}, phone: { change: 2 } }
            """, "shop.yaml");

    private PreparedDrop() {}

    public static Course course(Map<String, String> placeholders) {
        return Course.shared(
                PLAN, Set.of(Phase.CONTRACT), OptionalInt.empty(), MigrationSettings.from(placeholders, TOOL));
    }

    /** Everything is ready to be dropped. */
    public static StatusReport verified() {
        return status(ColumnPhase.VERIFIED, ColumnPhase.VERIFIED);
    }

    static String phrase(String... columns) {
        return ConfirmationPhrase.of(
                        "shop",
                        List.of(columns).stream().map(c -> CUSTOMER + "." + c).toList())
                .text();
    }

    static StatusReport status(@Nullable ColumnPhase email, @Nullable ColumnPhase phone) {
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

    private static StatusReport.Column column(String name, @Nullable ColumnPhase phase) {
        return new StatusReport.Column(
                CUSTOMER, name, Optional.ofNullable(phase), 0, 0, 0, 0, 0, Optional.empty(), Optional.empty());
    }
}
