package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.workflow.Verb;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The way back after the drop. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class RollbackAfterDropTest {

    private static final String PLAN = """
            tables:
              public.users:
                columns:
                  email: { search: { normalizer: email, unique: carry, accept-leakage: "few rows" } }
                  name: {}
                  balance: {}
            """;

    private static final String DISPOSITIONS = """
                dispositions:
                  "constraint users_email_check": drop
                  "constraint users_balance_check": drop
                  "constraint name_owner": drop
                  "index users_lower_idx": drop
                  "index users_partial": drop
                  "index users_upper_name_idx": drop
                  "statistics public.users_statistics": drop
                  "view public.emails": drop
                  "view public.more_emails": drop
                  "materialized view public.stored_emails": drop
                  "policy by_email": drop
                  "rule no_delete": drop
                  "trigger of_email": drop
                  "trigger touched": accept
                  "foreign key public.child.child_email_fkey": drop
                  "function public.first_email()": drop
                  "function public.plain_email()": accept
                  "generated column upper_name": drop
                  "publication some_users": drop
            """;
    private static final String PUBLICATION = "      \"publication some_users\": drop\n";

    private static Life simple(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, email text UNIQUE, name text NOT NULL DEFAULT 'x', balance numeric(12,2))",
                "INSERT INTO users SELECT g, CASE WHEN g % 9 > 0 THEN 'A' || g || '@b.c' END, 'N' || g, g / 3.0 FROM generate_series(1, 300) g");
        return Life.of(database, PLAN).batchesOf(50);
    }

    @Test
    @DisplayName(
            "T72 every value and every definition is there again after the drop, byte by byte, and the life begins anew")
    void givesEverythingBackAfterTheDrop(TestDatabase database) throws SQLException {
        Life life = simple(database);
        String values = values(database);
        String before = RollbackTest.shape(database);
        for (int round = 1; round <= 2; round++) {
            life.toContracted();
            assertThat(RollbackTest.shape(database)).doesNotContain("users_email_key,");
            life.sealway().rollback(Selection.ALL);
            assertThat(values(database)).as("round %d", round).isEqualTo(values);
            assertThat(RollbackTest.shape(database)).as("round %d", round).isEqualTo(before);
            assertThat(database.value("SELECT count(*) FROM sealway.sealed_table"))
                    .isEqualTo("0");
            assertThat(life.told()).anyMatch(s -> s.contains("all is as the last verify saw it"));
        }
    }

    @Test
    @DisplayName(
            "T72 constraints, indexes, defaults, grants, comments, views, policies, triggers and publications come back")
    void givesDefinitionsBack(TestDatabase database) throws SQLException {
        createEverything(database);
        try {
            Life life = Life.of(
                    database,
                    hasColumnLists(database) ? PLAN + DISPOSITIONS : PLAN + DISPOSITIONS.replace(PUBLICATION, ""));
            List<List<String>> before = definitions(database);
            String values = values(database);
            life.toContracted();
            assertThat(definitions(database)).isNotEqualTo(before);
            life.sealway().rollback(Selection.ALL);
            assertThat(definitions(database)).containsExactlyInAnyOrderElementsOf(before);
            assertThat(values(database)).isEqualTo(values);
        } finally {
            database.execute("DROP OWNED BY way_back_reader; DROP ROLE way_back_reader");
        }
    }

    /** Publications name columns, and rows, since PostgreSQL 15. */
    private static boolean hasColumnLists(TestDatabase database) throws SQLException {
        return Integer.parseInt(database.value("SHOW server_version_num")) >= 150_000;
    }

    private static void createEverything(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE ROLE way_back_reader",
                """
                CREATE TABLE users (id int PRIMARY KEY, email varchar(80) COLLATE "C" NOT NULL DEFAULT 'none', name text, balance numeric(12,2) DEFAULT 0,
                  tenant int, CONSTRAINT users_email_key UNIQUE (email) DEFERRABLE INITIALLY DEFERRED,
                  CONSTRAINT users_email_check CHECK (email <> ''), CONSTRAINT users_balance_check CHECK (balance > -5))""",
                "INSERT INTO users SELECT g, 'A' || g || '@b.c', 'N' || g, g / 3.0, g % 3 FROM generate_series(1, 120) g",
                "CREATE TABLE owners (name text PRIMARY KEY)",
                "INSERT INTO owners SELECT name FROM users",
                "ALTER TABLE users ADD CONSTRAINT name_owner FOREIGN KEY (name) REFERENCES owners",
                "ALTER TABLE users ALTER email SET STORAGE EXTERNAL, ALTER email SET STATISTICS 500",
                "ALTER TABLE users ADD COLUMN upper_name text COLLATE \"C\" NOT NULL GENERATED ALWAYS AS (upper(name)) STORED",
                "ALTER TABLE users ALTER upper_name SET STORAGE EXTERNAL, ALTER upper_name SET STATISTICS 77",
                "COMMENT ON COLUMN users.upper_name IS 'as it is cried'",
                "GRANT SELECT (upper_name) ON users TO way_back_reader",
                "CREATE INDEX users_upper_name_idx ON users (upper_name)",
                "COMMENT ON COLUMN users.email IS 'what''s this'",
                "COMMENT ON CONSTRAINT users_email_check ON users IS 'never empty'",
                "GRANT SELECT (email), UPDATE (email) ON users TO way_back_reader WITH GRANT OPTION",
                "CREATE INDEX users_lower_idx ON users (lower(email)) WITH (fillfactor = 70)",
                "COMMENT ON INDEX users_lower_idx IS 'for look-ups'",
                "CREATE INDEX users_partial ON users (tenant) INCLUDE (id) WHERE email LIKE 'a%'",
                "CREATE STATISTICS users_statistics ON email, tenant FROM users",
                "CREATE TABLE child (email varchar(80), CONSTRAINT unused CHECK (email <> 'x'))",
                "CREATE UNIQUE INDEX users_name_key ON users (name, tenant) WHERE name IS NOT NULL AND false",
                "DROP INDEX users_name_key",
                "CREATE VIEW emails WITH (security_barrier = true) AS SELECT id, email FROM users",
                "CREATE VIEW more_emails AS SELECT * FROM emails",
                "GRANT SELECT ON emails TO way_back_reader",
                "COMMENT ON VIEW emails IS 'a view'",
                "ALTER VIEW more_emails OWNER TO way_back_reader",
                "CREATE MATERIALIZED VIEW stored_emails AS SELECT email FROM emails",
                "CREATE UNIQUE INDEX stored_emails_idx ON stored_emails (email)",
                "CREATE POLICY by_email ON users FOR SELECT TO way_back_reader USING (email <> 'x')",
                "CREATE RULE no_delete AS ON DELETE TO users WHERE old.email = 'x' DO INSTEAD NOTHING",
                "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                "CREATE TRIGGER of_email BEFORE UPDATE OF email ON users FOR EACH ROW EXECUTE FUNCTION touch()",
                "ALTER TABLE users ENABLE ALWAYS TRIGGER of_email",
                "CREATE TRIGGER touched BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch()",
                "CREATE FUNCTION first_email() RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT email FROM users LIMIT 1; END",
                "REVOKE ALL ON FUNCTION first_email() FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION first_email() TO way_back_reader",
                "CREATE FUNCTION plain_email() RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT email FROM users LIMIT 1); END'",
                "ALTER TABLE users REPLICA IDENTITY USING INDEX users_pkey");
        if (hasColumnLists(database)) {
            database.execute("CREATE PUBLICATION some_users FOR TABLE users (id, email) WHERE (id > 0)");
        }
        // a foreign key needs a UNIQUE that is not deferrable
        database.execute(
                "CREATE UNIQUE INDEX users_email_now ON users (email)",
                "ALTER TABLE child ADD CONSTRAINT child_email_fkey FOREIGN KEY (email) REFERENCES users (email) ON DELETE CASCADE");
    }

    /** All that PostgreSQL knows of the tables and of what reads them. */
    private static List<List<String>> definitions(TestDatabase database) throws SQLException {
        List<List<String>> definitions = new ArrayList<>(database.rows("""
                SELECT 'column', attname, format_type(atttypid, atttypmod), concat_ws(' ', attnotnull, attstorage, attstattarget,
                       attcollation::regcollation, attacl, col_description(attrelid, attnum), attgenerated,
                       (SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = attrelid AND adnum = attnum))
                  FROM pg_attribute WHERE attrelid = 'users'::regclass AND attnum > 0 AND NOT attisdropped
                UNION ALL SELECT 'index', c.relname, pg_get_indexdef(i.indexrelid), concat_ws(' ', i.indisvalid, i.indisreplident, obj_description(c.oid))
                  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = 'public'::regnamespace
                UNION ALL SELECT 'constraint', conname, pg_get_constraintdef(oid), concat_ws(' ', convalidated, conrelid::regclass, obj_description(oid))
                  FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 't' AND contype <> 'n'
                UNION ALL SELECT 'trigger', tgname, pg_get_triggerdef(oid), tgenabled::text FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = 'users'::regclass
                UNION ALL SELECT 'rule', rulename, definition, '' FROM pg_rules WHERE schemaname = 'public'
                UNION ALL SELECT 'policy', polname, pg_get_expr(polqual, polrelid), concat_ws(' ', polcmd, polroles::regrole[]) FROM pg_policy
                UNION ALL SELECT 'relation', relname, pg_get_viewdef(oid), concat_ws(' ', relowner::regrole, relacl, reloptions, obj_description(oid))
                  FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace
                UNION ALL SELECT 'function', proname, pg_get_functiondef(oid), concat_ws(' ', proowner::regrole, proacl)
                  FROM pg_proc WHERE pronamespace = 'public'::regnamespace
                UNION ALL SELECT 'statistics', stxname, (SELECT string_agg(attname, ',' ORDER BY attname) FROM pg_attribute
                         WHERE attrelid = stxrelid AND attnum = ANY (stxkeys::int2[])), stxkind::text FROM pg_statistic_ext"""));
        if (hasColumnLists(database)) {
            definitions.addAll(database.rows("""
                SELECT 'publication', p.pubname, pg_get_expr(r.prqual, r.prrelid), (SELECT string_agg(attname, ',' ORDER BY attname) FROM pg_attribute
                         WHERE attrelid = r.prrelid AND attnum = ANY (r.prattrs))
                  FROM pg_publication p JOIN pg_publication_rel r ON r.prpubid = p.oid"""));
        }
        return definitions;
    }

    @Test
    @DisplayName("T72 resumes after every step at which it was broken off")
    void resumesAfterEveryStep(TestDatabase database) throws SQLException {
        Life life = simple(database);
        String values = values(database);
        String before = RollbackTest.shape(database);
        life.toContracted();
        List<String> steps = new ArrayList<>();
        for (int broken = 0; broken < 40; broken++) {
            int at = broken;
            int[] step = {0};
            life.whenTold(told -> {
                if (step[0]++ == at && at >= steps.size()) {
                    steps.add(told);
                    throw new IllegalStateException("broken off");
                }
            });
            try {
                life.sealway().rollback(Selection.ALL);
                break;
            } catch (IllegalStateException expected) {
                assertThat(expected).hasMessage("broken off");
            }
        }
        assertThat(steps).hasSizeGreaterThan(4).anyMatch(s -> s.contains("again"));
        assertThat(values(database)).isEqualTo(values);
        assertThat(RollbackTest.shape(database)).isEqualTo(before);
    }

    @Test
    void changesNothingWhereTheKeysAreLost(TestDatabase database) throws SQLException {
        Life life = simple(database).toContracted();
        String before = RollbackTest.shape(database);
        assertThatThrownBy(() -> life.sealway(Map.of()).rollback(Selection.ALL)).isInstanceOf(SealwayException.class);
        assertThatThrownBy(() ->
                        life.sealway(Map.of("SEALWAY_KEYS", Life.freshKeys())).rollback(Selection.ALL))
                .isInstanceOf(SealwayException.class);
        assertThat(RollbackTest.shape(database)).isEqualTo(before);
    }

    @Test
    void tellsBeforehandWhatItWouldDo(TestDatabase database) throws SQLException {
        Life life = simple(database).toContracted();
        String before = RollbackTest.shape(database);
        assertThat(life.sealway().preview(Verb.ROLLBACK, Selection.ALL))
                .anyMatch(s -> s.startsWith("add column public.users.email again"))
                .anyMatch(s -> s.contains("fill public.users.name from name_encrypted"))
                .anyMatch(s -> s.contains("DROP COLUMN \"email_encrypted\" RESTRICT"));
        assertThat(RollbackTest.shape(database)).isEqualTo(before);
    }

    @Test
    void bringsBackWhatWasDroppedInSeveralRuns(TestDatabase database) throws SQLException {
        Life life = simple(database);
        String values = values(database);
        String before = RollbackTest.shape(database);
        life.toVerified();
        Selection name = new Selection(Set.of(), Set.of("users.name"), OptionalInt.empty());
        life.sealway()
                .contract(name, Life.terms(life.sealway().status(name).phrase().orElseThrow()));
        life.sealway().rollback(name);
        assertThat(values(database)).isEqualTo(values);
        life.toVerified();
        life.sealway()
                .contract(name, Life.terms(life.sealway().status(name).phrase().orElseThrow()));
        life.contract();
        life.sealway().rollback(Selection.ALL);
        assertThat(values(database)).isEqualTo(values);
        assertThat(RollbackTest.shape(database)).isEqualTo(before);
    }

    @Test
    void isRefusedForAPartOfWhatWasDroppedTogether(TestDatabase database) throws SQLException {
        Life life = simple(database).toContracted();
        Selection name = new Selection(Set.of(), Set.of("users.name"), OptionalInt.empty());
        assertThatThrownBy(() -> life.sealway().rollback(name))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("roll them back together");
    }

    @Test
    @DisplayName("T24 follows a table that was renamed after the drop")
    void followsARename(TestDatabase database) throws SQLException {
        Life life = simple(database).toContracted();
        database.execute(
                "CREATE SCHEMA crm", "ALTER TABLE users RENAME TO people", "ALTER TABLE people SET SCHEMA crm");
        life.replan(PLAN.replace("public.users", "crm.people")).sealway().rollback(Selection.ALL);
        assertThat(database.value("SELECT count(email) || ' ' || count(name) || ' ' || min(name) FROM crm.people"))
                .isEqualTo("267 300 N1");
        assertThat(database.value("SELECT count(*) FROM pg_constraint WHERE conname = 'users_email_key'"))
                .isEqualTo("1");
    }

    @Test
    void namesAUniqueThatValuesWouldBreakAndGoesOnAfterTheyAreMended(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, email text, name text, balance int)",
                "CREATE UNIQUE INDEX users_name_key ON users (name)",
                "INSERT INTO users SELECT g, 'A' || g || '@b.c', 'N' || g, g FROM generate_series(1, 100) g");
        Life life = Life.of(
                        database,
                        PLAN.replace("unique: carry, ", "") + "    dispositions: { \"index users_name_key\": drop }\n")
                .toContracted();
        var name = life.sealway().column("users.name");
        try (var connection = database.connect();
                var update = connection.prepareStatement("UPDATE users SET name_encrypted = ? WHERE id = 7")) {
            update.setBytes(1, name.seal("N8"));
            update.executeUpdate();
        }
        assertThatThrownBy(() -> life.sealway().rollback(Selection.ALL))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("users_name_key")
                .hasMessageNotContaining("N8");
        assertThat(life.sealway().status(Selection.ALL).next()).isEqualTo("sealway rollback");
        try (var connection = database.connect();
                var update = connection.prepareStatement("UPDATE users SET name_encrypted = ? WHERE id = 7")) {
            update.setBytes(1, name.seal("other"));
            update.executeUpdate();
        }
        life.sealway().rollback(Selection.ALL);
        assertThat(database.value("SELECT name FROM users WHERE id = 7")).isEqualTo("other");
        assertThat(database.value("SELECT count(*) FROM pg_class WHERE relname = 'users_name_key'"))
                .isEqualTo("1");
    }

    @Test
    void takesNoIndexOfThatNameForTheOneThatComesBack(TestDatabase database) throws SQLException {
        simple(database);
        String plan =
                PLAN.replace("unique: carry, ", "") + "    dispositions: { \"constraint users_email_key\": drop }\n";
        Life life = Life.of(database, plan).toContracted();
        database.execute("CREATE UNIQUE INDEX users_email_key ON users (email_search)");
        assertThatThrownBy(() -> life.sealway().rollback(Selection.ALL))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("other indexes of public.users have the names of those that come back")
                .hasMessageContaining("users_email_key");
        database.execute("ALTER INDEX users_email_key RENAME TO tokens_once");
        life.sealway().rollback(Selection.ALL);
        assertThat(database.value(
                        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'users_email_key'"))
                .isEqualTo("UNIQUE (email)");
    }

    private static String values(TestDatabase database) throws SQLException {
        return database.rows("SELECT id, email, name, balance FROM users ORDER BY id")
                .toString();
    }
}
