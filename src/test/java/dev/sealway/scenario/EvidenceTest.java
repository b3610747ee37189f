package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.Sealway;
import dev.sealway.error.SealwayException;
import dev.sealway.phase.evidence.EvidenceReport;
import dev.sealway.phase.evidence.EvidenceReport.Chunk;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the ciphertexts hold, compared with what was verified: three chunks of the row key. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class EvidenceTest {

    private static final int ROWS = 21_000;
    private static final String TABLES = "tables: { public.users: { columns: { name: {} } } }";

    private Life life;
    private TestDatabase database;

    @BeforeEach
    void createsUsers(TestDatabase fresh) throws SQLException {
        database = fresh;
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, name text)",
                "INSERT INTO users SELECT g * 2, CASE WHEN g %% 100 > 0 THEN 'CANARY-' || g END FROM generate_series(1, %d) g"
                        .formatted(ROWS));
        life = Life.of(database, TABLES).batchesOf(2000);
    }

    private EvidenceReport compare() {
        return life.sealway().evidence(Selection.ALL);
    }

    private EvidenceReport.Column column() {
        return compare().tables().get(0).columns().get(0);
    }

    @Test
    @DisplayName("T71 the evidence is equal after the drop")
    void isEqualBeforeAndAfterTheDrop() {
        life.toVerified();
        assertThat(compare().isUnchanged()).isTrue();
        life.rehearse().contract();
        EvidenceReport.Column column = column();
        assertThat(column.equal()).isEqualTo(3);
        assertThat(column.differing()).isEmpty();
        assertThat(column.outside()).isZero();
        assertThat(compare().isUnchanged()).isTrue();
    }

    @Test
    @DisplayName("T71 one altered row makes its chunk differ, and only that")
    void showsWhichChunkAnAlteredRowIsIn() throws SQLException {
        life.toContracted();
        database.execute(
                "UPDATE users SET name_encrypted = (SELECT name_encrypted FROM users WHERE id = 4) WHERE id = 20202");
        assertThat(column().differing()).containsExactly(new Chunk(1, 10_000, 100, 10_000, 100, 0));
        assertThat(compare().passed()).as("a valid value of the same column").isTrue();
        assertThat(compare().isUnchanged()).isFalse();
    }

    @Test
    @DisplayName("T71 swapped values of two rows of one chunk are noticed")
    void noticesASwap() throws SQLException {
        life.toContracted();
        database.execute("""
                UPDATE users u SET name_encrypted = o.name_encrypted
                  FROM users o WHERE u.id IN (4, 6) AND o.id = 10 - u.id""");
        assertThat(column().differing()).extracting(Chunk::number).containsExactly(0);
    }

    @Test
    @DisplayName("T71 deletions, duplicates and new rows are noticed, and make no other chunk differ")
    void noticesWhatCameAndWent() throws SQLException {
        life.toContracted();
        database.execute(
                "DELETE FROM users WHERE id IN (2, 20002)",
                "INSERT INTO users (id, name_encrypted) SELECT 40003, name_encrypted FROM users WHERE id = 40004",
                "INSERT INTO users (id, name_encrypted) SELECT 90000, name_encrypted FROM users WHERE id = 40004",
                "INSERT INTO users (id, name_encrypted) SELECT -1, name_encrypted FROM users WHERE id = 40004");
        EvidenceReport.Column column = column();
        assertThat(column.differing())
                .containsExactly(
                        new Chunk(0, 10_000, 100, 9_999, 100, 0),
                        new Chunk(1, 10_000, 100, 9_999, 100, 0),
                        new Chunk(2, 1_000, 10, 1_001, 10, 0));
        assertThat(column.outside()).isEqualTo(2);
        database.execute(
                "DELETE FROM users WHERE id = 40003", "UPDATE users SET name_encrypted = NULL WHERE id = 40004");
        assertThat(column().differing()).contains(new Chunk(2, 1_000, 10, 1_000, 11, 0));
    }

    @Test
    @DisplayName("T71 a value that was sealed anew for what it was is no difference, another value is")
    void comparesValuesAndNotCiphertexts() throws SQLException {
        life.toContracted();
        Sealway sealway = life.sealway();
        write(sealway, 8, "CANARY-4");
        assertThat(compare().isUnchanged()).isTrue();
        write(sealway, 8, "CANARY-44");
        assertThat(column().differing()).extracting(Chunk::number).containsExactly(0);
    }

    private void write(Sealway sealway, int id, String value) throws SQLException {
        byte[] sealed = sealway.column("users.name").seal(value, Integer.toString(id));
        try (var connection = database.connect();
                var statement = connection.prepareStatement("UPDATE users SET name_encrypted = ? WHERE id = ?")) {
            statement.setBytes(1, sealed);
            statement.setInt(2, id);
            statement.execute();
        }
    }

    @Test
    @DisplayName("T71 a value that does not decrypt is a failure, wherever it is")
    void failsOnWhatDoesNotOpen() throws SQLException {
        life.toContracted();
        String flipped = "set_byte(name_encrypted, 20, get_byte(name_encrypted, 20) # 1)";
        database.execute(
                "UPDATE users SET name_encrypted = %s WHERE id = 40004".formatted(flipped),
                "INSERT INTO users (id, name_encrypted) SELECT 90000, %s FROM users WHERE id = 4".formatted(flipped));
        EvidenceReport report = compare();
        assertThat(report.passed()).isFalse();
        assertThat(report.tables().get(0).columns().get(0).failed()).isEqualTo(2);
        assertThat(report.tables().get(0).columns().get(0).differing())
                .containsExactly(new Chunk(2, 1_000, 10, 1_000, 10, 1));
        assertThat(life.sealway().audit().written()).isEmpty();
        assertThat(database.value(
                        "SELECT body FROM sealway.audit WHERE event = 'evidence.compared' ORDER BY seq DESC LIMIT 1"))
                .isEqualTo(
                        "{\"chunks_differing\":1,\"chunks_equal\":2,\"column\":\"public.users.name\",\"evidence_run\":%s,\"rows_failed\":2,\"rows_outside\":1}"
                                .formatted(database.value("SELECT DISTINCT run_id FROM sealway.evidence")));
    }

    @Test
    void refusesWhatWasNotVerified() {
        life.expand();
        assertThatThrownBy(this::compare)
                .isInstanceOf(SealwayException.class)
                .hasMessage("column public.users.name is expanded; run 'sealway verify' first");
    }
}
