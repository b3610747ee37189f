package dev.sealway.catalog.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sealway.catalog.Looking;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.Disposition;
import dev.sealway.plan.Disposition.Action;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
class InventoryTest {

    private static final String USERS = """
            CREATE TABLE users (id int, tenant int NOT NULL, email text NOT NULL DEFAULT '-', note text, PRIMARY KEY (id));
            """;

    @Test
    @DisplayName("T60 lists what DROP COLUMN would drop without a word")
    void listsWhatWouldGoSilently(TestDatabase db) throws SQLException {
        db.execute("""
                CREATE TABLE users (id int, tenant int, email text, PRIMARY KEY (id, email), UNIQUE (tenant, email),
                  CONSTRAINT users_email_key UNIQUE (email), CONSTRAINT both_set CHECK (tenant > 0 OR email <> ''),
                  CONSTRAINT apart EXCLUDE USING btree (email WITH =) WHERE (tenant = 9));
                CREATE INDEX plain_idx ON users (email);
                CREATE INDEX lower_idx ON users (lower(email));
                CREATE INDEX partial_idx ON users (tenant) WHERE email LIKE '%@example.org';
                CREATE INDEX include_idx ON users (tenant) INCLUDE (email);
                CREATE UNIQUE INDEX unique_idx ON users (tenant, lower(email));
                CREATE INDEX other_idx ON users (tenant);
                CREATE STATISTICS st ON tenant, email FROM users;
                CREATE SEQUENCE owned OWNED BY users.email;
                GRANT SELECT (email), UPDATE (email) ON users TO PUBLIC""");
        assertThat(listed(db, "email"))
                .containsExactlyInAnyOrderEntriesOf(all(
                        DropEffect.GOES_SILENTLY,
                        "constraint users_pkey",
                        "constraint users_tenant_email_key",
                        "constraint users_email_key",
                        "constraint both_set",
                        "constraint apart",
                        "index plain_idx",
                        "index lower_idx",
                        "index partial_idx",
                        "index include_idx",
                        "index unique_idx",
                        "statistics public.st",
                        "sequence public.owned",
                        "grant public of email"));
        db.execute("ALTER TABLE users DROP COLUMN email RESTRICT");
        assertThat(db.rows("SELECT conname FROM pg_constraint WHERE conrelid = 'users'::regclass AND contype <> 'n'"))
                .isEmpty();
        assertThat(db.value("SELECT string_agg(indexrelid::regclass::text, ',') FROM pg_index "
                        + "WHERE indrelid = 'users'::regclass"))
                .isEqualTo("other_idx");
    }

    @Test
    @DisplayName("T61 lists views, policies, generated columns, triggers, rules, foreign keys and SQL bodies")
    void listsWhatRefusesTheDrop(TestDatabase db) throws SQLException {
        db.execute(USERS, """
                ALTER TABLE users ADD UNIQUE (email);
                ALTER TABLE users ADD COLUMN domain text GENERATED ALWAYS AS (split_part(email, '@', 2)) STORED;
                CREATE TABLE letters (id int PRIMARY KEY, recipient text REFERENCES users (email));
                CREATE VIEW user_list AS SELECT id, email FROM users;
                CREATE VIEW over_list AS SELECT email FROM user_list;
                CREATE MATERIALIZED VIEW over_over AS SELECT * FROM over_list;
                CREATE VIEW harmless AS SELECT id FROM users;
                CREATE POLICY tenant_isolation ON users USING (email = current_user);
                CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                CREATE TRIGGER of_email AFTER UPDATE OF email ON users FOR EACH ROW EXECUTE FUNCTION touch();
                CREATE TRIGGER when_email AFTER INSERT ON users FOR EACH ROW WHEN (NEW.email <> '') EXECUTE FUNCTION touch();
                CREATE RULE keep_email AS ON UPDATE TO users WHERE NEW.email = '' DO INSTEAD NOTHING;
                CREATE FUNCTION find(wanted int) RETURNS text LANGUAGE sql
                  BEGIN ATOMIC SELECT email FROM public.users WHERE id = wanted; END""");
        assertThat(listed(db, "email"))
                .containsAllEntriesOf(all(
                        DropEffect.REFUSES,
                        "foreign key public.letters.letters_recipient_fkey",
                        "view public.user_list",
                        "view public.over_list",
                        "materialized view public.over_over",
                        "policy tenant_isolation",
                        "trigger of_email",
                        "trigger when_email",
                        "rule keep_email",
                        "function public.find(integer)"))
                .containsKeys("constraint users_email_key", "generated column domain", "default email")
                .hasSize(12);
    }

    @Test
    @DisplayName("T61 lists text bodies, views of whole rows, copies of rows and publications")
    void listsWhatDropColumnDoesNotNotice(TestDatabase db) throws SQLException {
        db.execute(USERS, """
                CREATE FUNCTION by_email(wanted text) RETURNS int LANGUAGE plpgsql AS
                  'BEGIN RETURN (SELECT id FROM users WHERE "EMAIL" = wanted); END';
                CREATE PROCEDURE mail() LANGUAGE sql AS 'SELECT email FROM public.users';
                CREATE FUNCTION no_match() RETURNS text LANGUAGE sql AS $$ SELECT 'emails my_email email2' $$;
                CREATE VIEW whole AS SELECT u FROM users u;
                CREATE VIEW counted AS SELECT count(*) FROM users;
                CREATE TABLE archive (u users);
                CREATE PUBLICATION p FOR TABLE users;
                CREATE PUBLICATION everything FOR ALL TABLES""");
        assertThat(listed(db, "email"))
                .containsExactlyInAnyOrderEntriesOf(Stream.concat(
                                all(
                                        DropEffect.UNNOTICED,
                                        "function public.by_email(text)",
                                        "procedure public.mail()",
                                        "view public.whole",
                                        "column public.archive.u",
                                        "publication p",
                                        "publication everything")
                                        .entrySet()
                                        .stream(),
                                all(DropEffect.GOES_SILENTLY, "default email").entrySet().stream())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        db.execute("ALTER TABLE users DROP COLUMN email RESTRICT");
    }

    @Test
    void listsVirtualColumns(TestDatabase db) throws SQLException {
        assumeTrue(Integer.parseInt(db.value("SHOW server_version_num")) >= 180_000, "VIRTUAL came with 18");
        db.execute(USERS, "ALTER TABLE users ADD COLUMN shout text GENERATED ALWAYS AS (upper(email)) VIRTUAL");
        assertThat(listed(db, "email")).containsKey("generated column shout");
    }

    @Test
    @DisplayName("T67 reports triggers that fire on backfill, and those that may copy rows")
    void reportsTriggersThatFire(TestDatabase db) throws SQLException {
        db.execute(USERS, """
                CREATE TABLE users_log (LIKE users);
                CREATE FUNCTION history() RETURNS trigger LANGUAGE plpgsql AS
                  'BEGIN INSERT INTO users_log SELECT OLD.*; RETURN NULL; END';
                CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                CREATE TRIGGER users_history AFTER UPDATE OR DELETE ON users FOR EACH ROW EXECUTE FUNCTION history();
                CREATE TRIGGER updated_at BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
                CREATE TRIGGER batches AFTER UPDATE ON users REFERENCING OLD TABLE AS was EXECUTE FUNCTION touch();
                CREATE TRIGGER inserts BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION touch();
                CREATE TRIGGER of_note BEFORE UPDATE OF note ON users FOR EACH ROW EXECUTE FUNCTION touch();
                CREATE TRIGGER switched_off BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
                ALTER TABLE users DISABLE TRIGGER switched_off;
                CREATE TABLE child (id int REFERENCES users ON UPDATE CASCADE)""");
        List<Dependent> found = inventory(db, "email").stream()
                .filter(d -> d.kind().equals("trigger"))
                .toList();
        assertThat(found).extracting(Dependent::name).containsExactly("batches", "updated_at", "users_history");
        assertThat(found).extracting(Dependent::effect).containsOnly(DropEffect.UNNOTICED);
        assertThat(found.get(1).detail()).isEqualTo("fires before each row that backfill updates");
        assertThat(found.get(2).detail()).contains("copy the plaintext elsewhere");
    }

    @Test
    void leavesOutWhatSealwayMade(TestDatabase db) throws SQLException {
        db.execute(USERS, """
                ALTER TABLE users ADD COLUMN email_encrypted bytea, ADD COLUMN email_search bytea,
                  ALTER COLUMN email DROP DEFAULT,
                  ADD CONSTRAINT fence CHECK (email IS NULL OR email_encrypted IS NOT NULL),
                  ADD CONSTRAINT users_email_sealway_shape CHECK (octet_length(email_encrypted) > 32),
                  ADD UNIQUE (tenant, email_search);
                CREATE INDEX dirty ON users (id) WHERE email IS NOT NULL AND email_encrypted IS NULL;
                CREATE SCHEMA sealway;
                CREATE FUNCTION sealway.g_1() RETURNS trigger LANGUAGE plpgsql AS
                  'BEGIN NEW.email_encrypted := NEW.email; RETURN NEW; END';
                CREATE TRIGGER "~sealway_guard" BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION sealway.g_1();
                CREATE VIEW users_sealed AS SELECT id, tenant, email_encrypted AS email FROM users""");
        assertThat(inventory(db, "email")).isEmpty();
    }

    @Test
    void looksThroughPartitions(TestDatabase db) throws SQLException {
        db.execute("""
                CREATE TABLE users (id int, email text) PARTITION BY RANGE (id);
                CREATE TABLE low (email text, id int);
                CREATE INDEX low_only ON low (email);
                ALTER TABLE low ADD CONSTRAINT low_check CHECK (email <> '');
                ALTER TABLE users ATTACH PARTITION low FOR VALUES FROM (0) TO (9);
                CREATE TABLE high PARTITION OF users FOR VALUES FROM (9) TO (99);
                CREATE INDEX users_email_idx ON users (email, id);
                ALTER TABLE users ADD CONSTRAINT users_check CHECK (email <> 'x');
                CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                CREATE TRIGGER every AFTER UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
                CREATE TRIGGER low_trigger BEFORE UPDATE ON low FOR EACH ROW EXECUTE FUNCTION touch();
                CREATE VIEW low_view AS SELECT email FROM low;
                CREATE STATISTICS high_st ON id, email FROM high""");
        assertThat(inventory(db, "email"))
                .extracting(Dependent::key)
                .containsExactly(
                        "constraint low_check",
                        "constraint users_check",
                        "index low_only",
                        "index users_email_idx",
                        "statistics public.high_st",
                        "trigger every",
                        "trigger low_trigger",
                        "view public.low_view");
    }

    @ParameterizedTest
    @DisplayName("T66 keeps hostile names apart from SQL")
    @ValueSource(strings = {"we\"ird", "a.b", "x\"; DROP TABLE t;--", "Ünï", "select", "{used}", "a\\b", "%s", "a b"})
    void survivesHostileNames(String name, TestDatabase db) throws SQLException {
        String quoted = Identifier.of(name).sql();
        db.execute(
                "CREATE TABLE t (id int PRIMARY KEY, %s text)".formatted(quoted),
                "CREATE INDEX %1$s ON t (lower(%1$s))".formatted(quoted),
                "CREATE SCHEMA %1$s; CREATE VIEW %1$s.%1$s AS SELECT %1$s FROM t".formatted(quoted),
                "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT %s FROM t $$".formatted(quoted));
        assertThat(inventory(db, "public", "t", name))
                .extracting(Dependent::key)
                .containsExactly("function public.f()", "index " + name, "view " + name + "." + name);
        Looking.writing(db, tx -> saved(tx, db, name));
    }

    private static List<SavedDefinition> saved(Transaction tx, TestDatabase db, String column) {
        return SavedDefinitions.of(
                tx, Looking.table(db, "t"), List.of(Identifier.of(column)), inventory(db, "public", "t", column));
    }

    @Test
    void asksForADecisionAboutEachThatIsNotCarried(TestDatabase db) throws SQLException {
        db.execute(USERS, """
                ALTER TABLE users ADD UNIQUE (email), ADD CHECK (email <> ''), ADD CONSTRAINT stays CHECK (email <> 'x');
                CREATE INDEX decided ON users (email)""");
        List<Dependent> all = inventory(db, "email");
        Set<Dependent> carried =
                all.stream().filter(d -> d.name().equals("users_email_key")).collect(Collectors.toSet());
        Map<String, Disposition> decided =
                Map.of("index decided", Disposition.of(Action.DROP), "constraint stays", Disposition.of(Action.KEEP));
        assertThat(Inventory.undispositioned(all, decided, carried))
                .extracting(Dependent::key)
                .containsExactly("constraint stays", "constraint users_email_check");
    }

    @Test
    void agreesWithPostgresAboutWhatRefuses(TestDatabase db) throws SQLException {
        db.execute(USERS, "CREATE VIEW v AS SELECT email FROM users");
        assertThat(listed(db, "email")).containsEntry("view public.v", DropEffect.REFUSES);
        assertThatThrownBy(() -> db.execute("ALTER TABLE users DROP COLUMN email RESTRICT"))
                .isInstanceOf(SQLException.class);
    }

    private static Map<String, DropEffect> all(DropEffect effect, String... keys) {
        return Stream.of(keys).collect(Collectors.toMap(k -> k, k -> effect));
    }

    private static Map<String, DropEffect> listed(TestDatabase db, String column) {
        return inventory(db, column).stream().collect(Collectors.toMap(Dependent::key, Dependent::effect));
    }

    private static List<Dependent> inventory(TestDatabase db, String column) {
        return inventory(db, "public", "users", column);
    }

    private static List<Dependent> inventory(TestDatabase db, String schema, String table, String column) {
        return Looking.at(db, tx -> Inventory.of(tx, Looking.table(db, schema, table), List.of(Identifier.of(column))));
    }
}
