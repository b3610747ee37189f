package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.RecordedStatements;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nothing goes with the plaintext about which nobody decided; what was decided goes, by statements of its own. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class ContractGateTest {

    private static final String COLUMNS = """
            tables:
              public.users:
                columns:
                  email: { search: { normalizer: email, accept-leakage: "few rows" } }
            """;

    /** What DROP COLUMN would take along without a word. */
    private static final String SILENT = """
                dispositions:
                  "constraint users_email_age_check": drop
                  "constraint users_tenant_email_key": drop
                  "index users_email_tenant_idx": drop
                  "index users_lower_idx": drop
                  "index users_partial": drop
                  "statistics public.users_statistics": drop
            """;

    private static void createUsers(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, tenant int, email text, age int)",
                "INSERT INTO users SELECT g, g % 3, 'a' || g || '@b.c', g FROM generate_series(1, 50) g");
    }

    @Test
    @DisplayName("T60 contract lists what would go silently, line by line, and afterwards the table is as expected")
    void decidesAboutWhatGoesSilently(TestDatabase database) throws SQLException {
        createUsers(database);
        database.execute(
                "ALTER TABLE users ADD CONSTRAINT users_tenant_email_key UNIQUE (tenant, email)",
                "ALTER TABLE users ADD CONSTRAINT users_email_age_check CHECK (email <> '' OR age > 3)",
                "ALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age < 1000)",
                "CREATE INDEX users_email_tenant_idx ON users (email, tenant)",
                "CREATE INDEX users_lower_idx ON users (lower(email))",
                "CREATE INDEX users_partial ON users (age) WHERE email LIKE 'a%'",
                "CREATE INDEX users_age_idx ON users (age)",
                "CREATE STATISTICS users_statistics ON email, age FROM users");
        Life life = Life.of(database, COLUMNS).toVerified();
        SealwayException refused = refusedContract(life);
        assertThat(refused.getMessage().lines().skip(1).map(l -> l.replaceFirst(" +#.*", "")
                        .strip()))
                .containsExactlyElementsOf(
                        SILENT.lines().skip(1).map(String::strip).toList());
        assertThat(refused).hasMessageStartingWith("6 objects hang on the plaintext of public.users");

        refusedContract(life.replan(COLUMNS + SILENT.replace("users_lower_idx\": drop", "users_lower_idx\": keep")));
        life.replan(COLUMNS + SILENT.replace("users_lower_idx\": drop", "users_lower_idx\": accept"));
        assertThat(refusedContract(life))
                .hasMessageContaining("index users_lower_idx")
                .hasMessageContaining("'accept'");
        life.replan(COLUMNS + SILENT);
        life.rehearse().contract();
        assertThat(objects(database))
                .contains("users_age_check", "users_age_idx", "users_pkey", "users_email_search_idx")
                .doesNotContain("users_lower", "users_partial", "users_tenant", "users_email_tenant", "statistics");
    }

    @Test
    @DisplayName("T61 T62 what hangs on the column is dropped by statements of its own, never by CASCADE")
    void dropsWhatReadsTheColumn(TestDatabase database) throws SQLException {
        createUsers(database);
        createReaders(database);
        RecordedStatements recorded = new RecordedStatements();
        Life life = Life.of(database, COLUMNS)
                .through(recorded.over(database.dataSource()))
                .toVerified();
        database.execute("CREATE PUBLICATION public_users FOR TABLE users (id, email)");
        SealwayException refused = refusedContract(life);
        String lines = String.join(
                "\n", refused.getMessage().lines().skip(1).map(l -> "    " + l).toList());
        for (String kind : new String[] {
            "view public.emails",
            "view public.more_emails",
            "materialized view public.stored_emails",
            "policy by_email",
            "rule no_delete",
            "trigger of_email",
            "trigger when_email",
            "foreign key public.child.",
            "function public.first_email()",
            "function public.plain_email()",
            "generated column upper_email",
            "publication public_users",
            "constraint users_email_key"
        }) {
            assertThat(lines).contains("\"" + kind);
        }
        life.replan(COLUMNS + "    dispositions:\n" + lines.replaceAll("(?m)#.*$", ""));
        life.sealway().views(Selection.ALL);
        life.rehearse().contract();
        assertThat(database.value("SELECT count(*) FROM pg_views WHERE schemaname = 'public'"))
                .isEqualTo("1");
        assertThat(database.value("SELECT count(*) FROM pg_proc WHERE proname = 'plain_email'"))
                .isEqualTo("1");
        assertThat(objects(database)).doesNotContain("upper_email", "of_email", "when_email", "by_email");
        assertThat(recorded.texts()).anyMatch(s -> s.contains("DROP VIEW public.more_emails RESTRICT"));
        assertThat(recorded.texts().stream().filter(s -> !s.contains("CREATE TABLE sealway.")))
                .hasSizeGreaterThan(100)
                .noneMatch(s -> s.toUpperCase(Locale.ROOT).contains("CASCADE"));
        assertThat(database.value("SELECT count(*) FROM sealway.saved_definition WHERE kind = 'view'"))
                .isEqualTo("2");
    }

    private static void createReaders(TestDatabase database) throws SQLException {
        database.execute(
                "ALTER TABLE users ADD UNIQUE (email)",
                "ALTER TABLE users ADD COLUMN upper_email text GENERATED ALWAYS AS (upper(email)) STORED",
                "CREATE VIEW emails AS SELECT id, email FROM users",
                "CREATE VIEW more_emails AS SELECT * FROM emails",
                "CREATE MATERIALIZED VIEW stored_emails AS SELECT email FROM more_emails",
                "CREATE POLICY by_email ON users USING (email <> 'x')",
                "CREATE RULE no_delete AS ON DELETE TO users WHERE old.email = 'x' DO INSTEAD NOTHING",
                "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                "CREATE TRIGGER of_email BEFORE UPDATE OF email ON users FOR EACH ROW EXECUTE FUNCTION touch()",
                "CREATE TRIGGER when_email BEFORE UPDATE ON users FOR EACH ROW WHEN (new.email = 'x')"
                        + " EXECUTE FUNCTION touch()",
                "CREATE FUNCTION first_email() RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT email FROM public.users LIMIT 1; END",
                "CREATE FUNCTION plain_email() RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT email FROM users LIMIT 1); END'",
                "CREATE TABLE child (email text REFERENCES users (email))");
    }

    @Test
    void replacesOnlyByWhatIsThere(TestDatabase database) throws SQLException {
        createUsers(database);
        database.execute(
                "CREATE INDEX users_email_idx ON users (email)", "CREATE VIEW emails AS SELECT email FROM users");
        String plan = COLUMNS + """
                    dispositions:
                      "index users_email_idx": { replace-with: users_email_search_idx }
                      "view public.emails": { replace-with: public.sealed_emails }
                """;
        Life life = Life.of(database, plan).toVerified();
        assertThat(refusedContract(life)).hasMessageContaining("public.sealed_emails (for view public.emails)");
        database.execute("CREATE VIEW sealed_emails AS SELECT email_encrypted FROM users");
        life.rehearse().contract();
        assertThat(database.value("SELECT string_agg(viewname, ',') FROM pg_views WHERE schemaname = 'public'"))
                .isEqualTo("sealed_emails");
    }

    @Test
    @DisplayName("T64 a published table is refused until the plan accepts it")
    void asksAboutPublications(TestDatabase database) throws SQLException {
        createUsers(database);
        database.execute("CREATE PUBLICATION everything FOR ALL TABLES");
        Life life = Life.of(database, COLUMNS);
        assertThatThrownBy(life::toContracted)
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("publication everything");
        life.replan(COLUMNS + "    dispositions: { \"publication everything\": accept }\n")
                .toContracted();
    }

    @Test
    @DisplayName("T60 a plaintext column in the primary key is refused")
    void refusesAMemberOfThePrimaryKey(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE users (id int, email text, age int, PRIMARY KEY (id, email))",
                "INSERT INTO users VALUES (1, 'a@b.c', 1)");
        assertThatThrownBy(() -> Life.of(database, COLUMNS).toContracted())
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("key");
        assertThat(database.value("SELECT email FROM users")).isEqualTo("a@b.c");
    }

    @Test
    void namesAnIndexOnAGeneratedColumn(TestDatabase database) throws SQLException {
        createUsers(database);
        database.execute(
                "ALTER TABLE users ADD COLUMN domain text GENERATED ALWAYS AS (split_part(email, '@', 2)) STORED",
                "CREATE INDEX users_domain_idx ON users (domain)");
        String generated = COLUMNS + "    dispositions:\n      \"generated column domain\": drop\n";
        Life life = Life.of(database, generated).toVerified();
        assertThat(refusedContract(life)).hasMessageContaining("gone [index users_domain_idx]");
        assertThat(database.value("SELECT count(domain) FROM users")).isEqualTo("50");
        life.replan(generated + "      \"index users_domain_idx\": drop\n");
        life.rehearse().contract();
        assertThat(objects(database)).doesNotContain("domain");
    }

    private static SealwayException refusedContract(Life life) {
        try {
            life.contract();
        } catch (SealwayException e) {
            assertThat(e.outcome()).isEqualTo(SealwayException.Outcome.REFUSED);
            return e;
        }
        throw new AssertionError("contract was not refused");
    }

    private static String objects(TestDatabase database) throws SQLException {
        return database.rows("""
                        SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = 'users'::regclass
                        UNION ALL SELECT conname FROM pg_constraint WHERE conrelid = 'users'::regclass
                        UNION ALL SELECT tgname FROM pg_trigger WHERE tgrelid = 'users'::regclass
                        UNION ALL SELECT polname FROM pg_policy WHERE polrelid = 'users'::regclass
                        UNION ALL SELECT attname FROM pg_attribute WHERE attrelid = 'users'::regclass AND attnum > 0
                        UNION ALL SELECT 'statistics' FROM pg_statistic_ext WHERE stxrelid = 'users'::regclass""").toString();
    }
}
