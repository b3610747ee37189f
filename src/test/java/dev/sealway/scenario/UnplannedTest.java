package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.jdbc.ConnectionTarget;
import dev.sealway.plan.Selection;
import dev.sealway.plan.TableName;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.workflow.UnplannedReport;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Personal data beside the plan. */
@ExtendWith(PostgresExtension.class)
class UnplannedTest {

    private static final TableName USERS = new TableName("public", "users");

    private TestDatabase database;
    private Life life;

    @BeforeEach
    void fillTables(TestDatabase fresh) throws Exception {
        database = fresh;
        database.execute(
                "CREATE TABLE users (id bigint PRIMARY KEY, email text, phone text, note text, created_at timestamptz)",
                """
                INSERT INTO users
                SELECT i, 'CANARY' || i || '@example.org', '+4930' || 10000000 + i, 'called CANARY' || i || '@example.org twice about it', now()
                  FROM generate_series(1, 200) i""",
                "CREATE TABLE products (id bigint PRIMARY KEY, name text, sku text)",
                "INSERT INTO products SELECT i, 'Lamp ' || i, 'SKU-' || 4000 + i FROM generate_series(1, 200) i",
                "CREATE SCHEMA hr",
                "CREATE TABLE hr.staff (id int PRIMARY KEY, iban text)");
        life = Life.of(database, """
                tables:
                  public.users: { columns: { email: {} } }
                """);
    }

    @Test
    void findsWhatThePlanForgot() {
        var report = life.sealway().unplanned(Selection.ALL);

        assertThat(report.columns()).extracting(UnplannedReport.Column::name).containsExactly("phone", "note");
        assertThat(report.columns().get(0).table()).isEqualTo(USERS);
        assertThat(report.columns().get(0).kind()).isEqualTo("telephone number");
        assertThat(report.passed()).isFalse();
        assertThat(report.tables()).isEqualTo(2);
        assertThat(report.lookedAt()).isEqualTo(8);
    }

    @Test
    void showsNoValue() {
        assertThat(life.sealway().unplanned(Selection.ALL).toString()).doesNotContain("CANARY", "+4930");
    }

    @Test
    void isContentOnceThePlanHasThemAndTakesSealwaysOwnColumnsForNothingElse() throws Exception {
        life = Life.of(database, """
                tables:
                  public.users: { columns: { email: { search: { normalizer: email } }, phone: {}, note: {} } }
                """);
        life.sealway().expand(Selection.ALL);

        assertThat(life.sealway().unplanned(Selection.ALL).passed()).isTrue();
    }

    @Test
    void looksOnlyAtTheTablesThatAreNamed() {
        var report = life.sealway().unplanned(only("products"));

        assertThat(report.passed()).isTrue();
        assertThat(report.tables()).isEqualTo(1);
    }

    @Test
    void tellsWhatItCouldNotLookAt() throws Exception {
        database.execute("CREATE TABLE contacts (id int PRIMARY KEY, mobile_phone text)");
        try (var locker = database.connect()) {
            locker.setAutoCommit(false);
            locker.createStatement().execute("LOCK TABLE contacts");

            var report = life.sealway().unplanned(only("contacts"));

            assertThat(report.notices()).containsExactly("public.contacts was passed over: somebody locks the table");
        }
    }

    @Test
    void judgesByNamesWhatItMayNotRead() throws Exception {
        database.execute(
                "CREATE TABLE contacts (id int PRIMARY KEY, mobile_phone text)",
                "DROP ROLE IF EXISTS sealway_onlooker",
                "CREATE ROLE sealway_onlooker LOGIN");
        var url = database.bareJdbcUrl() + (database.bareJdbcUrl().contains("?") ? "&" : "?") + "user=sealway_onlooker";
        var onlooker = ConnectionTarget.parse(url).dataSource();

        var report = life.through(onlooker).sealway().unplanned(only("contacts"));

        assertThat(report.columns()).extracting(UnplannedReport.Column::name).containsExactly("mobile_phone");
        assertThat(report.notices())
                .containsExactly(
                        "public.contacts was judged by its names alone: the role may not read it, or row-level security hides rows from it");
        database.execute("DROP ROLE sealway_onlooker");
    }

    private static Selection only(String table) {
        return new Selection(Set.of(table), Set.of(), OptionalInt.empty());
    }
}
