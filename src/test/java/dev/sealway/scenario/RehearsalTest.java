package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.phase.rehearse.RehearsalReport;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.workflow.ContractTerms;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nothing is dropped whose way back was not walked, and walking it leaves nothing behind. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class RehearsalTest {

    private static final String TABLES = """
            tables:
              public.members:
                columns:
                  email: { search: { normalizer: email, unique: carry } }
                  fee: {}
                dispositions:
                  "constraint members_fee_check": drop
                  "index members_tenant_email": drop
            """;

    private static Life verified(TestDatabase database) throws SQLException {
        create(database);
        return Life.of(database, TABLES).toVerified();
    }

    private static void create(TestDatabase database) throws SQLException {
        database.execute(
                """
                CREATE TABLE members (id int PRIMARY KEY, tenant int NOT NULL, email text COLLATE "C" NOT NULL UNIQUE,
                  fee numeric(8,2) DEFAULT 1.50)""",
                "ALTER TABLE members ADD CONSTRAINT members_fee_check CHECK (fee >= 0 AND tenant > 0)",
                "CREATE INDEX members_tenant_email ON members (tenant, lower(email))",
                "COMMENT ON COLUMN members.email IS 'where to write to'",
                "ALTER TABLE members ALTER COLUMN email SET STATISTICS 7, ALTER COLUMN email SET STORAGE EXTERNAL",
                "GRANT SELECT (fee) ON members TO PUBLIC",
                "INSERT INTO members SELECT g, 1 + g % 3, 'CANARY-' || g, g FROM generate_series(1, 300) g",
                "UPDATE members SET fee = NULL WHERE id % 10 = 0");
    }

    private static ContractTerms attested(Life life) {
        return new ContractTerms(life.phrase(), Optional.empty(), Optional.of("a safe"));
    }

    private static List<String> relations(TestDatabase database) throws SQLException {
        return database
                .rows("SELECT relname, relfilenode::text FROM pg_class WHERE relkind IN ('r', 't', 'm', 'i')"
                        + " AND relnamespace <> 'pg_catalog'::regnamespace ORDER BY oid")
                .stream()
                .map(row -> String.join(" ", row))
                .toList();
    }

    /** Every table, materialized view and toast relation that holds the canary anywhere in a row. */
    private static List<String> withTheCanary(TestDatabase database) throws SQLException {
        List<String> found = new ArrayList<>();
        for (List<String> row :
                database.rows("SELECT format('%I.%I', relnamespace::regnamespace, relname) FROM pg_class"
                        + " WHERE relkind IN ('r', 'm', 'p') AND relnamespace <> 'pg_catalog'::regnamespace")) {
            String count =
                    database.value("SELECT count(*) FROM %s x WHERE x::text LIKE '%%CANARY%%'".formatted(row.get(0)));
            if (!"0".equals(count)) {
                found.add(row.get(0));
            }
        }
        return found;
    }

    private static String rehearsals(TestDatabase database) throws SQLException {
        return database.value("SELECT count(*) FROM sealway.rehearsal");
    }

    @Test
    void bringsBackEveryValueAndEveryDefinition(TestDatabase database) throws SQLException {
        Life life = verified(database);
        RehearsalReport.Table table =
                life.sealway().rehearse(Selection.ALL, 100).tables().get(0);
        assertThat(table.problems()).isEmpty();
        assertThat(table.untried()).isEmpty();
        assertThat(table.columns()).containsExactly("email", "fee");
        assertThat(table.rows()).isBetween(60L, 100L);
        assertThat(table.compared()).isGreaterThan(table.rows());
        assertThat(table.skipped()).isZero();
        assertThat(table.definitions()).isEqualTo(12);
        assertThat(database.rows("SELECT array_to_string(columns, ','), rows::text FROM sealway.rehearsal"))
                .containsExactly(List.of("email,fee", Long.toString(table.rows())));
        assertThat(database.value("SELECT count(*) FROM sealway.audit WHERE event = 'way_back.rehearsed'"))
                .isEqualTo("1");
    }

    @Test
    void leavesOutWhatIsNotSealedYet(TestDatabase database) throws SQLException {
        Life life = verified(database);
        database.execute("UPDATE members SET email = 'CANARY-new-' || id WHERE id <= 30");
        RehearsalReport.Table table =
                life.sealway().rehearse(Selection.ALL, 100).tables().get(0);
        assertThat(table.problems()).isEmpty();
        assertThat(table.rows()).isBetween(60L, 100L);

        database.execute("UPDATE members SET email = 'CANARY-newer-' || id");
        assertThat(life.sealway().rehearse(Selection.ALL, 100).tables().get(0).problems())
                .containsExactly(
                        "no row of the sample is sealed: run 'sealway backfill' and 'sealway verify', then this again");
    }

    @Test
    @DisplayName("T76 no copy of the plaintext is there for anybody, during a rehearsal and after it")
    void leavesNoCopy(TestDatabase database) throws SQLException {
        Life life = verified(database);
        List<String> before = relations(database);
        List<List<String>> during = new ArrayList<>();
        life.whenTold(step -> {
            if (step.startsWith("Brought back")) {
                during.add(look(database));
            }
        });
        life.rehearse();
        assertThat(during).containsExactly(List.of("public.members"));
        assertThat(withTheCanary(database)).containsExactly("public.members");
        assertThat(relations(database)).isEqualTo(before);
        assertThat(database.value("SELECT count(*) FROM pg_stats WHERE schemaname = 'sealway'"
                        + " AND most_common_vals::text LIKE '%CANARY%'"))
                .isEqualTo("0");
    }

    private static List<String> look(TestDatabase database) {
        try {
            return withTheCanary(database);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void leavesNothingWhenItDiesInTheMiddle(TestDatabase database) throws SQLException {
        Life life = verified(database);
        List<String> before = relations(database);
        life.whenTold(step -> {
            if (step.startsWith("Brought back")) {
                throw new IllegalStateException("killed");
            }
        });
        assertThatThrownBy(life::rehearse).hasMessage("killed");
        assertThat(relations(database)).isEqualTo(before);
        assertThat(rehearsals(database)).isEqualTo("0");
        life.whenTold(step -> {});
        life.rehearse();
        assertThat(rehearsals(database)).isEqualTo("1");
    }

    @Test
    void nothingIsDroppedWithoutARehearsalOfThisVerify(TestDatabase database) throws SQLException {
        Life life = verified(database);
        refused(life, "sealway rollback --rehearse");
        life.rehearse();
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
        refused(life, "was not rehearsed since its last verify");
        life.rehearse();
        assertThat(life.sealway().contract(Selection.ALL, attested(life)).tables())
                .hasSize(1);
    }

    @Test
    void aRehearsalOfAnotherDefinitionIsNone(TestDatabase database) throws SQLException {
        Life life = verified(database);
        database.execute("ALTER TABLE members ADD COLUMN note text");
        life.rehearse();
        refused(life, "was not rehearsed since its last verify");
        life.sealway().verify(Selection.ALL);
        life.rehearse();
        assertThat(life.sealway().contract(Selection.ALL, attested(life)).tables())
                .hasSize(1);
    }

    @Test
    void aRehearsalOfSomeColumnsIsNoneOfTheOthers(TestDatabase database) throws SQLException {
        Life life = verified(database);
        Selection email = new Selection(Set.of(), Set.of("members.email"), OptionalInt.empty());
        assertThat(life.sealway().rehearse(email, 50).passed()).isTrue();
        refused(life, "sealway rollback --rehearse");
    }

    @Test
    void isSkippedOnlyByThePhraseOfTheDropAndThatIsWrittenDown(TestDatabase database) throws SQLException {
        Life life = verified(database);
        ContractTerms wrong = new ContractTerms(life.phrase(), Optional.of("skip it"), Optional.of("a safe"));
        assertThatThrownBy(() -> life.sealway().contract(Selection.ALL, wrong))
                .isInstanceOfSatisfying(SealwayException.class, e -> assertThat(e.outcome())
                        .isEqualTo(SealwayException.Outcome.REFUSED))
                .hasMessageContaining(life.phrase());
        assertThat(life.sealway()
                        .contract(Selection.ALL, Life.terms(life.phrase()))
                        .tables())
                .hasSize(1);
        assertThat(database.value("SELECT body FROM sealway.audit WHERE event = 'override.rehearsal_skipped'"))
                .contains("public.members");
    }

    @Test
    void nothingIsDroppedThatHangsOnKeysOfWhichThereIsOneCopy(TestDatabase database) throws SQLException {
        Life life = verified(database).rehearse();
        assertThatThrownBy(() -> life.sealway().contract(Selection.ALL, life.phrase()))
                .isInstanceOfSatisfying(SealwayException.class, e -> assertThat(e.outcome())
                        .isEqualTo(SealwayException.Outcome.REFUSED))
                .hasMessageContaining("key bundle test")
                .hasMessageContaining("sealway keys attest");
        assertThatThrownBy(() -> life.sealway()
                        .contract(Selection.ALL, new ContractTerms(life.phrase(), Optional.empty(), Optional.of("  "))))
                .hasMessageContaining("1 to 500 characters");
        assertThat(database.value("SELECT count(*) FROM members WHERE email IS NOT NULL"))
                .isEqualTo("300");
        life.sealway().keys().attest("paper in a safe", false);
        assertThat(life.sealway().contract(Selection.ALL, life.phrase()).tables())
                .hasSize(1);
    }

    @Test
    void noticesACiphertextThatDoesNotOpen(TestDatabase database) throws SQLException {
        Life life = verified(database);
        behindTheGuard(database, "UPDATE members SET email_encrypted = set_byte(email_encrypted, 20, 1) WHERE id = 1");
        fails(life, "row (1), column email");
    }

    @Test
    void noticesAnotherValue(TestDatabase database) throws SQLException {
        Life life = verified(database);
        behindTheGuard(database, "UPDATE members SET email = 'CANARY-other' WHERE id = 300");
        fails(life, "row (300), column email: what comes back is not what is there");
    }

    @Test
    void noticesATypeThatTheValuesDoNotFitAnyMore(TestDatabase database) throws SQLException {
        Life life = verified(database);
        // as long as they stand, PostgreSQL lets nobody change the type
        database.execute(
                "DROP TRIGGER \"~sealway_legacy_insert\" ON members",
                "DROP TRIGGER \"~sealway_legacy_update\" ON members");
        behindTheGuard(database, "ALTER TABLE members ALTER COLUMN fee TYPE numeric(8,1)");
        assertThatThrownBy(() -> life.sealway().rehearse(Selection.ALL, 100))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("its column cuts it")
                .hasMessageNotContaining("CANARY");
        assertThat(rehearsals(database)).isEqualTo("0");
    }

    @Test
    void toldAreDefinitionsThatACopyCannotTry(TestDatabase database) throws SQLException {
        create(database);
        database.execute(
                "CREATE VIEW mails AS SELECT email FROM members",
                "CREATE TABLE letters (email text REFERENCES members (email))");
        Life life = Life.of(database, TABLES).toVerified();
        RehearsalReport.Table table =
                life.sealway().rehearse(Selection.ALL, 100).tables().get(0);
        assertThat(table.problems()).isEmpty();
        assertThat(table.untried()).anyMatch(u -> u.startsWith("view public.mails"));
        assertThat(table.untried()).anyMatch(u -> u.startsWith("foreign key public.letters"));
    }

    @Test
    void takesAFewRowsOfManyAndAnEmptyTable(TestDatabase database) throws SQLException {
        Life life = verified(database);
        assertThat(life.sealway().rehearse(Selection.ALL, 10).tables().get(0).rows())
                .isBetween(5L, 10L);
        assertThatThrownBy(() -> life.sealway().rehearse(Selection.ALL, 0)).hasMessageContaining("10 to 100000 rows");
        database.execute("DELETE FROM members");
        assertThat(life.sealway().rehearse(Selection.ALL, 10).passed()).isTrue();
    }

    private static void refused(Life life, String why) {
        assertThatThrownBy(() -> life.sealway().contract(Selection.ALL, attested(life)))
                .isInstanceOfSatisfying(SealwayException.class, e -> assertThat(e.outcome())
                        .isEqualTo(SealwayException.Outcome.REFUSED))
                .hasMessageContaining("public.members")
                .hasMessageContaining(why);
    }

    private static void fails(Life life, String problem) throws SQLException {
        RehearsalReport report = life.sealway().rehearse(Selection.ALL, 100);
        assertThat(report.passed()).isFalse();
        assertThat(report.tables().get(0).problems())
                .anyMatch(p -> p.startsWith(problem))
                .noneMatch(p -> p.contains("CANARY"));
        assertThat(rehearsals(life.database())).isEqualTo("0");
        refused(life, "sealway rollback --rehearse");
    }

    private static void behindTheGuard(TestDatabase database, String sql) throws SQLException {
        database.execute("SET session_replication_role = 'replica'; ALTER TABLE members DISABLE TRIGGER USER; "
                + sql
                + "; ALTER TABLE members ENABLE TRIGGER USER; RESET session_replication_role");
    }
}
