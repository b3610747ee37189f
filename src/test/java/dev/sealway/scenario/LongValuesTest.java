package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.batch.WalkListener;
import dev.sealway.batch.WalkSettings;
import dev.sealway.config.Wiring;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.tink.TinkKeyBundle;
import dev.sealway.keys.KeyMaterial;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class LongValuesTest {

    /** A megabyte that the database stores in some ten kilobytes, so that the table's size tells nothing. */
    private static final String FILL = """
            INSERT INTO report SELECT g, CASE WHEN g % 100 < 50 THEN repeat('0123456789abcdef', 65536) ELSE 'short' END
              FROM generate_series(1, 600) g""";

    @Test
    @Tag("slow")
    @DisplayName("a batch ends before its values fill the memory, whatever its size")
    void endsABatchBeforeItFillsTheMemory(TestDatabase database) throws SQLException {
        database.execute("CREATE TABLE report (id int PRIMARY KEY, body text)", FILL);
        Life life = Life.of(database, "tables: { public.report: { columns: { body: {} } } }")
                .expand();
        List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
        WalkSettings settings = Wiring.settings(Progress.NONE, 5_000).withListener(new WalkListener() {
            @Override
            public void sealed(int rows) {
                batches.add(rows);
            }
        });
        var workflow = Wiring.wire(life.sealway().plan(), () -> keys(life), database.dataSource(), settings);
        assertThat(workflow.backfill(Selection.ALL).passed()).isTrue();
        assertThat(batches.stream().mapToInt(r -> r).sum()).isEqualTo(600);
        assertThat(batches).hasSizeGreaterThan(300 / 17);
        assertThat(batches).allMatch(rows -> rows <= 50 + 17);
        assertThat(workflow.verify(Selection.ALL).passed()).isTrue();
    }

    private static KeyBundle keys(Life life) {
        byte[] bundle = String.valueOf(life.environment().get("SEALWAY_KEYS")).getBytes(StandardCharsets.UTF_8);
        try (KeyMaterial material = KeyMaterial.owning(bundle, "")) {
            return TinkKeyBundle.open(material, "a test");
        }
    }
}
