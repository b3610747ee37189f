package dev.sealway.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.crypto.KeyBundle;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.EvidenceChunk;
import dev.sealway.ledger.EvidenceStore;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.Walks;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows are proven on several threads, and summed up as if by one. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class EvidenceInOrderTest {

    private static final int ROWS = 30_000;
    private static final String TABLES = "tables: { public.users: { columns: { name: {} } } }";

    /** Long values take longer to open than those after them. */
    @Test
    void isWhatOneThreadMakesOfAllRowsInTheOrderOfTheirKey(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE users (tenant text, id int, name text, PRIMARY KEY (tenant, id))",
                "INSERT INTO users SELECT 't' || g %% 7, g, CASE WHEN g %% 50 > 0 THEN g || repeat('x', (g * 37) %% 900) END FROM generate_series(1, %d) g"
                        .formatted(ROWS));
        Life life = Life.of(database, TABLES).batchesOf(2_000).toVerified();
        List<EvidenceChunk> expected = inOrder(life);
        assertThat(expected).extracting(EvidenceChunk::rows).containsExactly(10_000L, 10_000L, 10_000L, (long) ROWS);
        assertThat(stored(life)).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static List<EvidenceChunk> stored(Life life) {
        RegisteredColumn column = column(life);
        return Database.of(life.database().dataSource())
                .inTransaction(TransactionSettings.reading(), "a test", tx -> EvidenceStore.in(tx)
                        .of(column));
    }

    private static RegisteredColumn column(Life life) {
        return Walks.table(life, "users").columns().get(0).registered();
    }

    private static List<EvidenceChunk> inOrder(Life life) throws SQLException {
        String run = life.database().value("SELECT max(id) FROM sealway.run WHERE verb = 'verify'");
        EvidenceHash hash = new EvidenceHash(
                Walks.keys(life).prf(KeyBundle.EVIDENCE_KEYSET),
                EvidenceHash.idOf(Long.parseLong(run)),
                column(life).context());
        EvidenceSum sum = new EvidenceSum();
        for (List<String> row : life.database().rows("SELECT tenant, id, name FROM users ORDER BY tenant, id")) {
            List<String> key = new ArrayList<>(row.subList(0, 2));
            String name = row.get(2);
            sum.add(key, hash.entry(key, name == null ? null : name.getBytes(StandardCharsets.UTF_8)));
        }
        return sum.close();
    }
}
