package dev.sealway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.audit.AuditBreak.Kind;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class AuditVerifierTest {

    private static final int ENTRIES = 8;

    private TrailFixture trail;

    @BeforeEach
    void write(TestDatabase database) {
        trail = new TrailFixture(database);
        trail.append(ENTRIES);
    }

    private AuditHead head(int seq) {
        return trail.entries().get(seq - 1).head();
    }

    @Test
    void findsAnUntouchedTrailWhole() {
        AuditVerdict verdict = trail.verify(head(3), head(ENTRIES));
        assertThat(verdict.isWholeAndSigned()).isTrue();
        assertThat(verdict.head()).isEqualTo(head(ENTRIES));
        assertThat(verdict.anchors()).isEqualTo(2);
    }

    @Test
    @DisplayName("T74 an edited entry is detected, whatever was edited")
    void noticesAnEdit() throws SQLException {
        for (String edit :
                new String[] {"at = at || ' '", "run_id = '2'", "actor = 'eve'", "event = 'other'", "body = '{}'"}) {
            trail.tamper(
                    "CREATE TABLE kept AS TABLE sealway.audit",
                    "UPDATE sealway.audit SET %s WHERE seq = 4".formatted(edit));
            assertThat(trail.verify().firstBreak()).as(edit).contains(new AuditBreak(4, Kind.ALTERED));
            assertThat(trail.verify(Optional.empty()).firstBreak()).as(edit).contains(new AuditBreak(4, Kind.ALTERED));
            trail.tamper(
                    "DELETE FROM sealway.audit", "INSERT INTO sealway.audit SELECT * FROM kept", "DROP TABLE kept");
            assertThat(trail.verify().isWholeAndSigned()).isTrue();
        }
    }

    @Test
    @DisplayName("T74 an entry deleted in the middle, or at the beginning, is detected")
    void noticesADeletion() throws SQLException {
        trail.tamper("DELETE FROM sealway.audit WHERE seq = 5");
        assertThat(trail.verify().firstBreak()).contains(new AuditBreak(5, Kind.MISSING));
        trail.tamper("DELETE FROM sealway.audit WHERE seq = 1");
        assertThat(trail.verify().firstBreak()).contains(new AuditBreak(1, Kind.MISSING));
    }

    @Test
    @DisplayName("T74 a deleted entry is detected though the others moved up")
    void noticesADeletionThatWasFilledUp() throws SQLException {
        trail.tamper(
                "DELETE FROM sealway.audit WHERE seq = 5",
                "ALTER TABLE sealway.audit DROP CONSTRAINT audit_pkey",
                "UPDATE sealway.audit SET seq = seq - 1 WHERE seq > 5");
        assertThat(trail.verify().firstBreak()).contains(new AuditBreak(5, Kind.ALTERED));
    }

    @Test
    @DisplayName("T74 swapped entries are detected")
    void noticesASwap() throws SQLException {
        trail.tamper(
                "ALTER TABLE sealway.audit DROP CONSTRAINT audit_pkey",
                "UPDATE sealway.audit SET seq = CASE seq WHEN 3 THEN 6 ELSE 3 END WHERE seq IN (3, 6)");
        assertThat(trail.verify().firstBreak()).contains(new AuditBreak(3, Kind.ALTERED));
    }

    @Test
    @DisplayName("T74 a trail that was chained anew without the key is detected by its signatures")
    void noticesANewChain() throws SQLException {
        rechain(4, "body = '{}'", "");
        assertThat(trail.verify(Optional.empty()).isWhole()).as("hashes alone").isTrue();
        assertThat(trail.verify().firstBreak()).contains(new AuditBreak(4, Kind.FORGED));
    }

    @Test
    @DisplayName("T74 a trail that was chained anew under another key is detected")
    void noticesAnotherKey() throws SQLException {
        byte[] hash = HexFormat.of().parseHex(head(ENTRIES).hash());
        String mac = HexFormat.of().formatHex(TrailFixture.mac(Life.freshKeys()).tag(hash));
        trail.tamper("UPDATE sealway.audit SET mac = '\\x%s' WHERE seq = %d".formatted(mac, ENTRIES));
        assertThat(trail.verify().firstBreak()).contains(new AuditBreak(ENTRIES, Kind.FORGED));
    }

    @Test
    @DisplayName("T74 whoever takes the signatures off, too, leaves entries unsigned, and an anchor shows it")
    void countsWhatIsNotSigned() throws SQLException {
        AuditHead kept = head(6);
        rechain(4, "body = '{}'", ", mac = NULL");
        AuditVerdict verdict = trail.verify();
        assertThat(verdict.isWhole()).isTrue();
        assertThat(verdict.isWholeAndSigned()).isFalse();
        assertThat(verdict.unsigned()).isEqualTo(5);
        assertThat(verdict.uncovered()).isEqualTo(5);
        assertThat(trail.verify(kept).firstBreak()).contains(new AuditBreak(6, Kind.OTHER_THAN_ANCHORED));
    }

    @Test
    @DisplayName("T74 entries cut off the end are not missed without an anchor, and are with one")
    void needsAnAnchorForTheEnd() throws SQLException {
        AuditHead kept = head(7);
        trail.tamper("DELETE FROM sealway.audit WHERE seq > 5");
        assertThat(trail.verify().isWholeAndSigned()).isTrue();
        assertThat(trail.verify(kept).firstBreak()).contains(new AuditBreak(6, Kind.CUT_OFF));
        trail.tamper("DELETE FROM sealway.audit");
        assertThat(trail.verify().isWhole()).isTrue();
        assertThat(trail.verify(kept).firstBreak()).contains(new AuditBreak(1, Kind.CUT_OFF));
    }

    @Test
    @DisplayName("T74 a trail that was cut off and went on is held against the anchor")
    void noticesAnotherStory() throws SQLException {
        AuditHead kept = head(7);
        trail.tamper("DELETE FROM sealway.audit WHERE seq > 5");
        trail.append(4);
        assertThat(trail.verify().isWholeAndSigned()).isTrue();
        assertThat(trail.verify(kept).firstBreak()).contains(new AuditBreak(7, Kind.OTHER_THAN_ANCHORED));
    }

    /** Alters an entry and computes every hash from there on, as anybody with rights enough can. */
    private void rechain(int from, String edit, String more) throws SQLException {
        trail.tamper("UPDATE sealway.audit SET %s WHERE seq = %d".formatted(edit, from), """
                DO $$
                DECLARE e sealway.audit; last bytea; entry bytea; part bytea;
                BEGIN
                  FOR e IN SELECT * FROM sealway.audit WHERE seq >= %d ORDER BY seq LOOP
                    last := coalesce(last, e.prev_hash);
                    entry := '';
                    FOREACH part IN ARRAY ARRAY[convert_to('sealway/audit/v1', 'UTF8'), int8send(e.seq),
                        convert_to(e.at, 'UTF8'), convert_to(e.run_id, 'UTF8'), convert_to(e.actor, 'UTF8'),
                        convert_to(e.event, 'UTF8'), convert_to(e.body, 'UTF8'), last] LOOP
                      entry := entry || int4send(length(part)) || part;
                    END LOOP;
                    UPDATE sealway.audit SET prev_hash = last, entry_hash = sha256(entry)%s WHERE seq = e.seq;
                    last := sha256(entry);
                  END LOOP;
                END $$""".formatted(from, more));
    }
}
