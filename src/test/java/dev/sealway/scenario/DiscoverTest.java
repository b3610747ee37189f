package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.Sealway;
import dev.sealway.discover.live.Bounds;
import dev.sealway.jdbc.ConnectionTarget;
import dev.sealway.planfile.PlanReader;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.workflow.DiscoverReport;
import dev.sealway.workflow.DiscoverTerms;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a proposed plan may promise. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class DiscoverTest {

    private TestDatabase database;

    @BeforeEach
    void take(TestDatabase fresh) {
        database = fresh;
    }

    @Test
    void carriesNoUniquenessThatSpellingWouldBreak() throws Exception {
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, email text UNIQUE)",
                "INSERT INTO users SELECT i, 'a' || i || '@example.org' FROM generate_series(1, 1500) i",
                "INSERT INTO users VALUES (0, 'A1@example.org')");

        var search = column(discover(), "email").search().orElseThrow();

        assertThat(search.leftOut()).isEmpty();
        assertThat(search.carriesUnique()).isFalse();
        assertThat(discover().draft()).contains("email: { search: { normalizer: email } }", "# dispositions:");
    }

    @Test
    void proposesNoTokenThatGivesItsValuesAway() throws Exception {
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, email text)",
                "INSERT INTO users SELECT i, 'a' || i % 7 || '@example.org' FROM generate_series(1, 700) i");

        var search = column(discover(), "email").search().orElseThrow();

        assertThat(search.leftOut().orElseThrow())
                .contains("its search token would give its values away", "only 7 different values in 700 rows");
        assertThat(discover().draft()).contains("      email: {}").contains("# no search: its search token");
    }

    @Test
    void takesANormaliserForEveryRowAndNotOnlyForTheSample() throws Exception {
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, phone text)",
                "INSERT INTO users SELECT i, '+49301' || 1000000 + i FROM generate_series(1, 1500) i",
                "INSERT INTO users VALUES (0, '030 1234567')");

        assertThat(column(discover(terms(50)), "phone").search().orElseThrow().normalizer())
                .isEqualTo("digits");
    }

    @Test
    void keepsWhatCannotBeSealedOutOfThePlan() throws Exception {
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, email text)",
                "CREATE TABLE guests (email text, phone text)",
                "CREATE TABLE leads (email text PRIMARY KEY, phone text) PARTITION BY HASH (email)",
                "CREATE TABLE leads_0 PARTITION OF leads FOR VALUES WITH (MODULUS 1, REMAINDER 0)",
                "INSERT INTO leads VALUES ('a@example.org', '+49 30 1234567')",
                "CREATE TABLE members (id int PRIMARY KEY, email text)",
                "CREATE PUBLICATION told FOR TABLE members");

        var report = discover();

        assertThat(table(report, "guests").obstacles().get(0))
                .contains("has neither a primary key nor a UNIQUE constraint");
        assertThat(table(report, "members").obstacles().get(0)).contains("publication told");
        assertThat(table(report, "leads").columns().get(0).obstacles())
                .anySatisfy(o -> assertThat(o).contains("is part of the primary key"));
        assertThat(PlanReader.read(report.draft(), "draft").columnNames())
                .containsExactly("public.leads.phone", "public.users.email");
    }

    @Test
    void asksForNoMoreThanToRead() throws Exception {
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, email text)",
                "INSERT INTO users SELECT i, 'a' || i || '@example.org' FROM generate_series(1, 20) i",
                "DROP ROLE IF EXISTS sealway_reader",
                "CREATE ROLE sealway_reader LOGIN",
                "GRANT SELECT ON users TO sealway_reader");

        var report = Sealway.discover(as("sealway_reader"), DiscoverTerms.USUAL);

        assertThat(column(report, "email").proposed()).isTrue();
        assertThat(report.notices())
                .anySatisfy(n -> assertThat(n).startsWith("public.users: role sealway_reader does not own it"));
        database.execute("DROP OWNED BY sealway_reader", "DROP ROLE sealway_reader");
    }

    @Test
    void writesHostileNamesSoThatTheyAreReadAgain() throws Exception {
        database.execute(
                "CREATE SCHEMA \"yes\"",
                "CREATE SCHEMA \"od.d'\"\"\"",
                "CREATE TABLE \"od.d'\"\"\".\"t.\" (id int PRIMARY KEY, email text)",
                """
                CREATE TABLE "yes"."null" (id int PRIMARY KEY, "email" text, "Phone: {}" text, "mail # \"\" \\" text, "e-mail\u2028" text)""",
                """
                INSERT INTO "yes"."null" SELECT i, m, m, m, m FROM generate_series(1, 20) i, concat('a', i, '@example.org') m""");

        var plan = PlanReader.read(discover().draft(), "draft");

        assertThat(plan.columnNames())
                .containsExactlyInAnyOrder(
                        "yes.null.email",
                        "yes.null.Phone: {}",
                        "od.d'\".t..email",
                        "yes.null.mail # \" \\",
                        "yes.null.e-mail\u2028");
    }

    @Test
    void tellsWhatItIsNotSureOfAsAComment() throws Exception {
        database.execute("CREATE TABLE users (id int PRIMARY KEY, email text, city text)");

        var report = discover(new DiscoverTerms(Set.of(), Bounds.USUAL, 70, Optional.empty()));

        assertThat(report.draft()).contains("      email: {").contains("      # city: {}");
        assertThat(PlanReader.read(report.draft(), "draft").columnNames()).containsExactly("public.users.email");
    }

    @Test
    void leavesOutWhatAPlanHas() throws Exception {
        database.execute("CREATE TABLE users (id int PRIMARY KEY, email text, phone text)");
        var plan = PlanReader.read(
                "sealway: 1\nname: a\nkeys: { provider: env, ref: K }\ntables: { public.users: { columns: { email: {} } } }",
                "a");

        var report = discover(new DiscoverTerms(Set.of(), Bounds.USUAL, 60, Optional.of(plan)));

        assertThat(table(report, "users").columns())
                .extracting(DiscoverReport.Column::name)
                .containsExactly("phone");
    }

    @Test
    void proposesByNamesWhatItMayNotRead() throws Exception {
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, email text)",
                "INSERT INTO users VALUES (1, 'a@example.org')",
                "DROP ROLE IF EXISTS sealway_outsider",
                "CREATE ROLE sealway_outsider LOGIN");

        var report = Sealway.discover(as("sealway_outsider"), DiscoverTerms.USUAL);

        assertThat(column(report, "email").proposed()).isTrue();
        assertThat(column(report, "email").reason()).isEqualTo("its name says e-mail address; no values were seen");
        assertThat(column(report, "email").search().orElseThrow().leftOut().orElseThrow())
                .startsWith("its values could not be counted: the role may not read it");
        database.execute("DROP ROLE sealway_outsider");
    }

    private DataSource as(String role) {
        var url = database.bareJdbcUrl();
        return ConnectionTarget.parse(url + (url.contains("?") ? "&" : "?") + "user=" + role)
                .dataSource();
    }

    private DiscoverReport discover() {
        return discover(DiscoverTerms.USUAL);
    }

    private DiscoverReport discover(DiscoverTerms terms) {
        return Sealway.discover(database.dataSource(), terms);
    }

    private static DiscoverTerms terms(int rows) {
        return new DiscoverTerms(Set.of(), new Bounds(rows, Duration.ofSeconds(10)), 60, Optional.empty());
    }

    private static DiscoverReport.Table table(DiscoverReport report, String name) {
        return report.tables().stream()
                .filter(t -> t.name().table().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static DiscoverReport.Column column(DiscoverReport report, String name) {
        return report.tables().stream()
                .flatMap(t -> t.columns().stream())
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
