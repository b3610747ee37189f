package dev.sealway.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.batch.SealedBatch.SealedRow;
import dev.sealway.config.Wiring;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.ledger.Checkpoint;
import dev.sealway.ledger.Work;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.Walks;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Batches that are written in several transactions of rows that lie apart. */
@ExtendWith(PostgresExtension.class)
class WriteOrderTest {

    private static final int ROWS = 6_000;

    private static final String TABLES = """
            tables:
              public.people:
                columns: { email: {} }
            """;

    @Test
    void hasEveryRowOnceAndNoNeighboursTogether() {
        WriteOrder order = WriteOrder.interleaved(batch(2_001, true));
        assertThat(order.atOnce()).isEqualTo(501);
        assertThat(order.rows()).hasSize(2_001).doesNotHaveDuplicates();
        assertThat(keys(order.rows().subList(0, 3))).containsExactly("0", "4", "8");
        assertThat(keys(order.rows().subList(501, 503))).containsExactly("1", "5");
        assertThat(order.stretchOf(order.rows().subList(501, 1002))
                        .orElseThrow()
                        .first())
                .containsExactly("0");
        assertThat(order.stretchOf(order.rows().subList(501, 1002))
                        .orElseThrow()
                        .last())
                .containsExactly("2000");
        assertThat(order.stretchOf(order.rows().subList(0, 100)))
                .as("a few rows are looked for one by one")
                .isEmpty();
    }

    @Test
    void leavesSmallBatchesAndThoseWithGapsAsTheyAre() {
        assertThat(WriteOrder.canInterleave(batch(2_000, true), 500)).isTrue();
        assertThat(WriteOrder.canInterleave(batch(1_999, true), 500)).isFalse();
        assertThat(WriteOrder.canInterleave(batch(4_000, false), 500)).isFalse();
        assertThat(WriteOrder.canInterleave(batch(0, true), 1)).isFalse();
        WriteOrder order = WriteOrder.plain(batch(1_999, true));
        assertThat(order.rows()).isEqualTo(batch(1_999, true).rows());
        assertThat(order.atOnce()).isEqualTo(1_999);
    }

    @Test
    @DisplayName(
            "a batch of which some transactions are committed is gone on with, and what changed meanwhile is sealed anew")
    void goesOnInTheMiddleOfABatch(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE people (id bigint PRIMARY KEY, email text, town text, notes text)",
                "INSERT INTO people SELECT g, 'a' || g, 'town ' || g %% 7, repeat('n', 100) FROM generate_series(1, %d) g"
                        .formatted(ROWS),
                "CREATE INDEX ON people (town)",
                "CREATE INDEX ON people (notes)");
        Life life = Life.of(database, TABLES).expand();
        database.execute("""
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                  $$ BEGIN RAISE EXCEPTION 'not this one'; END $$""", """
                CREATE TRIGGER a_refuse BEFORE UPDATE ON people FOR EACH ROW WHEN (NEW.id % 4 = 3)
                  EXECUTE FUNCTION refuse()""");
        assertThatThrownBy(() -> walk(life)).isInstanceOf(SealwayException.class);
        assertThat(
                        database.value(
                                "SELECT string_agg(DISTINCT (id % 4)::text, ',') FROM people WHERE email_encrypted IS NOT NULL"))
                .as("two transactions of four are committed")
                .isEqualTo("1,2");
        assertThat(database.value("SELECT count(*) FROM sealway.checkpoint WHERE last_key IS NOT NULL"))
                .isEqualTo("0");
        database.execute("DROP TRIGGER a_refuse ON people", "UPDATE people SET email = 'b' || id WHERE id % 100 < 4");

        TableWalk.Result rest = walk(life);

        assertThat(rest.walked()).isEqualTo(ROWS);
        assertThat(rest.written()).isEqualTo(ROWS / 2 + ROWS / 100 * 2);
        assertThat(database.value(
                        "SELECT rows_done || ' ' || rows_skipped || ' ' || rows_failed FROM sealway.checkpoint"))
                .isEqualTo(ROWS + " 0 0");
        life.sealway().backfill(Selection.ALL);
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
    }

    private static TableWalk.Result walk(Life life) {
        WalkedTable table = Walks.table(life, "people");
        return new TableWalk(
                        Database.of(life.database().dataSource()),
                        TableTask.sealing(table),
                        Wiring.settings(Progress.NONE, ROWS))
                .toTheEnd(Checkpoint.wholeTable(table.registered().id(), Work.BACKFILL, 1, ROWS));
    }

    private static SealedBatch batch(int rows, boolean dense) {
        List<SealedRow> sealed = IntStream.range(0, rows)
                .mapToObj(i -> new SealedRow(List.of(Integer.toString(i)), "1", List.of()))
                .toList();
        return new SealedBatch(
                sealed, List.of(), new ReadBatch(List.of(), rows, Optional.of(List.of("x")), dense, false));
    }

    private static List<String> keys(List<SealedRow> rows) {
        return rows.stream().map(r -> r.key().get(0)).toList();
    }
}
