package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.audit.AuditBreak;
import dev.sealway.audit.AuditEntry;
import dev.sealway.audit.AuditVerdict;
import dev.sealway.ledger.WrongKeyBundleException;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the audit trail tells of a life. */
@ExtendWith(PostgresExtension.class)
class AuditLifeTest {

    private static final String TABLES =
            "tables: { public.users: { columns: { email: { search: { normalizer: email/1 } } } } }";

    private Life life;

    @BeforeEach
    void createsUsers(TestDatabase database) throws SQLException {
        database.execute("CREATE TABLE users (email_key text PRIMARY KEY, email text)", """
                INSERT INTO users SELECT 'CANARY-key-' || g, 'CANARY-' || g || '@example.com' FROM generate_series(1, 50) g""");
        life = Life.of(database, TABLES);
    }

    private List<AuditEntry> entries() {
        return life.sealway().audit().list(OptionalLong.of(0), 1000).entries();
    }

    private AuditVerdict verify() {
        return life.sealway().audit().verify(List.of(), true);
    }

    @Test
    void tellsEveryStepOfALifeAndNoValue() throws SQLException {
        life.toContracted();
        assertThat(entries())
                .extracting(AuditEntry::event)
                .containsSubsequence(
                        "run.began",
                        "key.seen",
                        "table.registered",
                        "column.registered",
                        "column.expanded",
                        "run.ended",
                        "run.began",
                        "column.backfilled",
                        "run.ended",
                        "run.began",
                        "evidence.stored",
                        "column.verified",
                        "run.ended",
                        "run.began",
                        "drop.confirmed",
                        "column.contracted",
                        "drop.closed",
                        "run.ended");
        assertThat(verify().isWholeAndSigned()).isTrue();
        assertThat(entries().toString()).doesNotContain("CANARY");
        assertThat(entries())
                .filteredOn(e -> e.event().equals("column.verified"))
                .allMatch(e -> e.body()
                        .equals("{\"column\":\"public.users.email\",\"from\":\"backfilled\",\"to\":\"verified\"}"));
    }

    @Test
    void tellsWhoWorkedHere() {
        Map<String, String> environment = new HashMap<>(life.environment());
        environment.put("SEALWAY_OPERATOR", "ada@build-7\nseq=1");
        life.sealway(environment).expand(Selection.ALL);
        assertThat(entries()).allMatch(e -> e.actor().endsWith(" (ada@build-7 seq=1)"));
    }

    @Test
    @DisplayName("a way back after the keys were lost is told, without a signature")
    void goesBackWithoutKeys() {
        life.toVerified();
        long signed = entries().size();
        life.sealway(Map.of()).rollback(Selection.ALL);
        assertThat(entries().subList((int) signed, entries().size()))
                .extracting(AuditEntry::event)
                .containsExactly("run.began", "column.forgotten", "run.ended");
        AuditVerdict verdict = verify();
        assertThat(verdict.isWhole()).isTrue();
        assertThat(verdict.unsigned()).isEqualTo(3);
    }

    @Test
    @DisplayName("another database's keys sign nothing here")
    void leavesNoSignatureOfAnotherBundle() {
        life.toVerified();
        assertThatThrownBy(() ->
                        life.sealway(Map.of("SEALWAY_KEYS", Life.freshKeys())).verify(Selection.ALL))
                .isInstanceOf(WrongKeyBundleException.class);
        AuditVerdict verdict = verify();
        assertThat(verdict.isWhole()).isTrue();
        assertThat(verdict.unsigned()).isEqualTo(2);
        assertThatThrownBy(() -> life.sealway(Map.of("SEALWAY_KEYS", Life.freshKeys()))
                        .audit()
                        .verify(List.of(), true))
                .isInstanceOf(WrongKeyBundleException.class);
    }

    @Test
    void findsNothingWhereNothingWasDone() {
        assertThat(entries()).isEmpty();
        assertThat(verify().isWhole()).isTrue();
        assertThat(life.sealway().audit().written()).isEmpty();
    }

    @Test
    @DisplayName("T74 an edited entry of a life is named")
    void namesTheFirstEntryThatIsWrong(TestDatabase database) throws SQLException {
        life.toVerified();
        database.execute(
                "ALTER TABLE sealway.audit DISABLE TRIGGER ALL",
                "UPDATE sealway.audit SET actor = 'somebody else' WHERE event = 'column.verified'");
        assertThat(verify().firstBreak().map(AuditBreak::kind)).contains(AuditBreak.Kind.ALTERED);
    }
}
