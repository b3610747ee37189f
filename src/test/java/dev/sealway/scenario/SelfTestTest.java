package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.phase.selftest.SelfTestReport;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.vault.Administrator;
import dev.sealway.testing.vault.FakeVault;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The live test of one sealed row. */
@ExtendWith(PostgresExtension.class)
class SelfTestTest {

    private static final String TABLES = """
            tables:
              public.people:
                bind: row
                columns:
                  email: { search: { normalizer: email, accept-leakage: "few rows" } }
                  phone: { search: { normalizer: e164, accept-leakage: "few rows" } }
                  balance: {}
              public.orders:
                columns: { note: { pad: 64 } }
            """;

    @BeforeEach
    void createsTablesThatMindTheirRows(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE people (tenant int, id bigint, email text NOT NULL, phone text, balance numeric(12,2), must text NOT NULL,"
                        + " PRIMARY KEY (tenant, id))",
                "CREATE TABLE orders (id bigserial PRIMARY KEY, note bytea, must text NOT NULL)",
                "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'a trigger fired'; END $$",
                "CREATE TRIGGER no BEFORE INSERT OR UPDATE OR DELETE ON people FOR EACH STATEMENT EXECUTE FUNCTION no()",
                "CREATE TRIGGER no BEFORE INSERT OR UPDATE OR DELETE ON orders FOR EACH STATEMENT EXECUTE FUNCTION no()");
    }

    @Test
    void seesASealedRowOfEveryColumnAndLeavesNothing(TestDatabase database) throws SQLException {
        Life life = Life.of(database, TABLES).expand();
        String before = database.value("SELECT count(*) FROM sealway.run");
        SelfTestReport report = life.sealway().selfTest(Selection.ALL);
        assertThat(report.passed()).as(report.toString()).isTrue();
        assertThat(report.columns())
                .extracting(SelfTestReport.Column::name)
                .containsExactly("email", "phone", "balance", "note");
        assertThat(report.columns().get(0).findings())
                .extracting(SelfTestReport.Finding::what)
                .containsExactly(
                        "the stored ciphertext begins with the format and the id of the newest key",
                        "the value occurs nowhere in the stored row",
                        "the stored ciphertext opens to the value",
                        "each search token finds the row, and another value's does not",
                        "an altered ciphertext is refused",
                        "another row's ciphertext is refused",
                        "another column's ciphertext is refused");
        assertThat(database.value("SELECT to_regclass('sealway.selftest_1') IS NULL"))
                .isEqualTo("t");
        assertThat(database.value("SELECT count(*) FROM sealway.run")).isEqualTo(before);
        assertThat(database.value("SELECT (SELECT count(*) FROM people) + (SELECT count(*) FROM orders)"))
                .isEqualTo("0");
    }

    @Test
    void worksAfterTheDropToo(TestDatabase database) throws SQLException {
        database.execute("DROP TRIGGER no ON people", "DROP TRIGGER no ON orders");
        Life life = Life.of(database, TABLES).toContracted();
        assertThat(life.sealway().selfTest(Selection.ALL).passed()).isTrue();
    }

    @Test
    void passesWithTokensSoShortThatValuesShareThem(TestDatabase database) throws SQLException {
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            database.execute("ALTER TABLE orders ADD c%d text".formatted(i));
            columns.append("      c%d: { search: { normalizer: trim, bits: 1, accept-leakage: \"few rows\" } }\n"
                    .formatted(i));
        }
        Life life = Life.of(database, """
                tables:
                  public.orders:
                    columns:
                %s""".formatted(columns)).expand();
        SelfTestReport report = life.sealway().selfTest(Selection.ALL);
        assertThat(report.passed()).as(report.toString()).isTrue();
    }

    @Test
    void testsCiphertextsOfTransit(TestDatabase database) throws Exception {
        try (FakeVault vault = FakeVault.start()) {
            new Administrator(vault).post("transit/keys/people", Map.of());
            Life life = Life.onVault(database, vault, """
                    tables:
                      public.orders:
                        columns: { note: {} }
                    """).expand();
            SelfTestReport report = life.sealway().selfTest(Selection.ALL);
            assertThat(report.passed()).as(report.toString()).isTrue();
        }
    }

    @Test
    void refusesColumnsThatAreNotExpandedAndForeignKeys(TestDatabase database) {
        Life life = Life.of(database, TABLES);
        assertThatThrownBy(() -> life.sealway().selfTest(Selection.ALL))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("is not expanded");
        life.expand().rekey(Life.freshKeys());
        assertThatThrownBy(() -> life.sealway().selfTest(Selection.ALL))
                .isInstanceOfSatisfying(SealwayException.class, e -> assertThat(e.outcome())
                        .isEqualTo(SealwayException.Outcome.REFUSED));
    }
}
