package dev.sealway.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.ledger.ColumnPhase;
import dev.sealway.plan.TableName;
import dev.sealway.workflow.StatusReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordJsonTest {
    @Test
    void writesAReport() {
        var column = new StatusReport.Column(
                new TableName("public", "users"),
                "email",
                Optional.of(ColumnPhase.EXPANDED),
                10,
                5,
                1,
                0,
                50,
                Optional.of(2.5),
                Optional.empty());
        var report = new StatusReport("shop", List.of(column), Optional.empty(), List.of(), "backfill");
        assertThat(Json.compact(RecordJson.of(report)))
                .isEqualTo("{\"plan\":\"shop\",\"columns\":[{\"table\":\"public.users\",\"name\":\"email\","
                        + "\"phase\":\"expanded\",\"rows_total\":10,\"rows_done\":5,\"rows_dirty\":1,\"rows_failed\":0,"
                        + "\"percent\":50.0,\"rows_per_second\":2.5,\"seconds_left\":null}],\"runs\":[],\"phrase\":null,\"unrehearsed\":[],"
                        + "\"next\":\"backfill\",\"legacy_writers\":[]}");
        assertThat(RecordJson.of(Duration.ofMillis(1500))).isEqualTo(1.5);
    }

    @Test
    void refusesATypeThatNoReportShouldHave() {
        assertThatThrownBy(() -> RecordJson.of(new byte[1])).isInstanceOf(IllegalArgumentException.class);
    }
}
