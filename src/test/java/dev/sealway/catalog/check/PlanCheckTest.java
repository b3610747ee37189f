package dev.sealway.catalog.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.sealway.catalog.Looking;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.plan.Plan;
import dev.sealway.plan.PlanFault;
import dev.sealway.plan.PlanRefusedException;
import dev.sealway.planfile.PlanReader;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

@Tag("slow")
@ExtendWith(PostgresExtension.class)
class PlanCheckTest {

    private static final String HEAD = "sealway: 1\nname: test\nkeys: { provider: env, ref: K }\ntables:\n";

    @Test
    void findsNothingWrongWithTheSample(TestDatabase db) throws Exception {
        db.execute(Files.readString(Path.of("db/migration/V1__sample_schema.sql")));
        Plan sample = PlanReader.read(Path.of("db/sealway.yaml"));
        PlanFindings found = Looking.at(db, tx -> PlanCheck.in(tx, Set.of()).check(sample));
        assertThat(found.faults()).isEmpty();
        assertThat(found.notices()).noneMatch(n -> n.contains("paste"));
    }

    @Test
    void reportsAllFaultsAtOnceWithTheirLines(TestDatabase db) throws SQLException {
        db.execute("CREATE TABLE users (id int PRIMARY KEY, email text, place circle)");
        PlanFindings found = check(db, """
                  public.user:
                    columns: { email: {} }
                  public.users:
                    columns:
                      emial: {}
                      place: {}
                      id: {}
                """);
        assertThat(found.faults()).extracting(PlanFault::line).containsExactly(5, 9, 10, 11);
        assertThat(found.faults())
                .extracting(PlanFault::message)
                .satisfiesExactly(
                        m -> assertThat(m).isEqualTo("there is no such table; did you mean 'public.users'?"),
                        m -> assertThat(m).isEqualTo("the table has no such column; did you mean 'email'?"),
                        m -> assertThat(m).startsWith("type circle was never tried to come back byte for byte"),
                        m -> assertThat(m).startsWith("is part of the primary key"));
        assertThatThrownBy(() -> found.refuseFaults("db/sealway.yaml"))
                .isInstanceOf(PlanRefusedException.class)
                .hasMessageContaining(
                        "db/sealway.yaml:9: tables.public.users.columns.emial: the table has no such column");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE VIEW t AS SELECT 1 AS id, ''::text AS c | is a view; only tables can be encrypted",
                "CREATE MATERIALIZED VIEW t AS SELECT 1 AS id, ''::text AS c | is a materialized view",
                "CREATE TABLE t (id int, c text) | has neither a primary key nor a UNIQUE constraint",
                "CREATE TABLE p (id int PRIMARY KEY, c text); CREATE TABLE t (PRIMARY KEY (id)) INHERITS (p) | is part of a table inheritance",
                "CREATE TABLE t (id int PRIMARY KEY, c text); CREATE TABLE k () INHERITS (t) | is part of a table inheritance",
                "CREATE TABLE p (id int PRIMARY KEY, c text) PARTITION BY LIST (id); CREATE TABLE t PARTITION OF p DEFAULT | is a partition of public.p; name that table",
                "CREATE TABLE t (id int PRIMARY KEY, c text GENERATED ALWAYS AS ('x') STORED) | is a generated column",
                "CREATE TABLE t (id int PRIMARY KEY, c int GENERATED ALWAYS AS IDENTITY) | is an identity column",
                "CREATE TABLE t (id int, c text NOT NULL UNIQUE) | is part of the row key",
                "CREATE TABLE t (id int, c text, PRIMARY KEY (id, c)) | is part of the primary key",
                "CREATE TABLE t (id int, c text) PARTITION BY LIST (c) | is part of the partition key",
                "CREATE TABLE t (id int, c text) PARTITION BY LIST (lower(c)) | is part of the partition key",
                "CREATE TABLE t (id int PRIMARY KEY, c text NOT NULL, UNIQUE (c, id)); ALTER TABLE t REPLICA IDENTITY USING INDEX t_c_id_key | is part of the REPLICA IDENTITY",
                "CREATE TABLE t (id int PRIMARY KEY, c text, c_encrypted text) | the table has a column c_encrypted that is not Sealway's",
                "CREATE TABLE t (id int PRIMARY KEY, c text); CREATE VIEW t_sealed AS SELECT 1 | the name public.t_sealed, which the view needs, is taken"
            })
    void refusesWhatCannotBeEncrypted(String ddl, String message, TestDatabase db) throws SQLException {
        db.execute(ddl);
        assertThat(faults(db, "  public.t: { columns: { c: {} } }"))
                .anySatisfy(m -> assertThat(m).startsWith(message));
    }

    @Test
    void acceptsWhatTheLedgerOwns(TestDatabase db) throws SQLException {
        db.execute("""
                CREATE TABLE t (id int PRIMARY KEY, c text, c_encrypted bytea, c_search bytea, gone_encrypted bytea);
                CREATE VIEW t_sealed AS SELECT id FROM t""");
        Plan plan = plan("  public.t: { columns: { c: { search: { normalizer: exact } }, gone: {} } }");
        Set<String> owned =
                Set.of("public.t.c_encrypted", "public.t.c_search", "public.t.gone_encrypted", "public.t_sealed");
        PlanFindings found = Looking.at(db, tx -> PlanCheck.in(tx, owned).check(plan));
        assertThat(found.faults()).isEmpty();
        assertThat(faults(db, "  public.t: { columns: { c: { search: { normalizer: exact } }, gone: {} } }"))
                .hasSize(4);
    }

    @Test
    @DisplayName("T66 says which derived names would be too long")
    void refusesDerivedNamesOfMoreThan63Bytes(TestDatabase db) throws SQLException {
        String name = "ü".repeat(27);
        db.execute(
                "CREATE TABLE \"%1$s%1$s\" (id int)".formatted("t".repeat(30)), "CREATE TABLE t (id int PRIMARY KEY)");
        db.execute("ALTER TABLE t ADD COLUMN %s text".formatted(name));
        assertThat(faults(db, "  public.t: { columns: { %s: {} } }".formatted(name)))
                .containsExactly(
                        "the column %s_encrypted would have a name of more than 63 bytes; rename the plaintext column"
                                .formatted(name));
        assertThat(faults(db, "  public.%s: { columns: { id: {} } }".formatted("t".repeat(60))))
                .anyMatch(m -> m.startsWith("the view " + "t".repeat(60) + "_sealed would have a name"));
    }

    @ParameterizedTest
    @DisplayName("T66 checks tables and columns with hostile names")
    @ValueSource(strings = {"we\"ird", "a.b", "x\"; DROP TABLE t;--", "Ünï", "select", "{table}"})
    void checksHostileNames(String name, TestDatabase db) throws SQLException {
        String quoted = Identifier.of(name).sql();
        db.execute("CREATE SCHEMA %1$s; CREATE TABLE %1$s.%1$s (id int PRIMARY KEY, %1$s text, UNIQUE (%1$s))"
                .formatted(quoted));
        String key = (quoted + "." + quoted).replace("'", "''");
        PlanFindings found = check(db, """
                  '%s':
                    where: id > 5
                    columns: { '%s': { search: { normalizer: trim, unique: carry } } }
                """.formatted(key, name));
        assertThat(found.faults()).isEmpty();
    }

    @Test
    @DisplayName("T63 refuses a role from which policies hide rows, and one that does not own the table")
    void refusesARestrictedRole(TestDatabase db) throws SQLException {
        db.execute("""
                REVOKE CREATE ON SCHEMA public FROM PUBLIC;
                CREATE ROLE check_restricted;
                CREATE TABLE t (id int PRIMARY KEY, c text);
                ALTER TABLE t ENABLE ROW LEVEL SECURITY;
                GRANT SELECT, UPDATE ON t TO check_restricted""");
        try {
            Plan plan = plan("  public.t: { where: id > 3, columns: { c: {} } }");
            List<PlanFault> found = Looking.at(db, tx -> {
                tx.execute(Sql.of("SET LOCAL ROLE check_restricted"));
                return PlanCheck.in(tx, Set.of()).check(plan).faults();
            });
            assertThat(found)
                    .extracting(PlanFault::message)
                    .satisfiesExactlyInAnyOrder(
                            m -> assertThat(m).startsWith("role check_restricted does not own it"),
                            m -> assertThat(m).startsWith("role check_restricted may not create indexes and views"),
                            m -> assertThat(m).startsWith("row-level security hides rows from role check_restricted"));
            assertThat(faults(db, "  public.t: { columns: { c: {} } }")).isEmpty();
        } finally {
            db.execute("DROP OWNED BY check_restricted; DROP ROLE check_restricted");
        }
    }

    @Test
    void refusesATableUnderAPreparedTransaction(TestDatabase db) throws SQLException {
        assumeFalse(db.value("SHOW max_prepared_transactions").equals("0"), "two-phase commit is switched off");
        db.execute("CREATE TABLE t (id int PRIMARY KEY, c text)");
        try (var connection = db.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO t VALUES (1, 'x')");
            statement.execute("PREPARE TRANSACTION 'sealway test'");
            connection.setAutoCommit(true);
        }
        List<String> faults = faults(db, "  public.t: { columns: { c: {} } }");
        db.execute("ROLLBACK PREPARED 'sealway test'");
        assertThat(faults).singleElement().asString().startsWith("1 prepared transactions hold locks on it");
        assertThat(faults(db, "  public.t: { columns: { c: {} } }")).isEmpty();
    }

    @Test
    @DisplayName("T06 refuses a trigger that would fire after the guard")
    void refusesATriggerAfterTheGuard(TestDatabase db) throws SQLException {
        db.execute("""
                CREATE TABLE t (id int PRIMARY KEY, c text);
                CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                CREATE TRIGGER "~~x" BEFORE INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
                CREATE TRIGGER zzz BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
                CREATE TRIGGER "Ärger" BEFORE UPDATE OF id ON t FOR EACH ROW EXECUTE FUNCTION f();
                CREATE TRIGGER "~~after" AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
                CREATE TRIGGER "~sealway_guard" BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()""");
        assertThat(faults(db, "  public.t: { columns: { c: {} } }"))
                .satisfiesExactlyInAnyOrder(
                        m -> assertThat(m).startsWith("trigger ~~x would fire after the guard"),
                        m -> assertThat(m).startsWith("trigger Ärger would fire after the guard"));
    }

    @Test
    @DisplayName("T64 advises the order for a published table, and passes once that is accepted")
    void refusesAPublishedTableUntilAccepted(TestDatabase db) throws SQLException {
        db.execute("CREATE TABLE t (id int PRIMARY KEY, c text)", "CREATE PUBLICATION p FOR TABLE t");
        assertThat(faults(db, "  public.t: { columns: { c: {} } }"))
                .singleElement()
                .asString()
                .startsWith("publication p publishes the table: add the new columns on the subscribers first");
        assertThat(faults(db, "  public.t: { columns: { c: {} }, dispositions: { publication p: accept } }"))
                .isEmpty();
    }

    @Test
    @DisplayName("T67 lists the dispositions to paste, history triggers among them")
    void printsTheDispositionsToPaste(TestDatabase db) throws SQLException {
        db.execute("""
                CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, c text, "d""q" text);
                CREATE TABLE log (LIKE t);
                CREATE FUNCTION history() RETURNS trigger LANGUAGE plpgsql AS
                  'BEGIN INSERT INTO log SELECT OLD.*; RETURN NULL; END';
                CREATE TRIGGER t_history AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION history();
                CREATE INDEX "i""x" ON t (c);
                CREATE VIEW v AS SELECT c FROM t""");
        PlanFindings found = check(db, "  public.t: { columns: { c: {} }, dispositions: { view public.v: keep } }");
        assertThat(found.faults()).isEmpty();
        assertThat(found.notices())
                .containsExactly(
                        """
                        public.t: contract will refuse until the plan decides; paste and review under dispositions:
                              "index i\\"x": drop   # index that uses c; DROP COLUMN would drop it without a word
                              "trigger t_history": accept   # fires after each row that backfill updates; its function \
                        inserts rows, so it may copy the plaintext elsewhere (history); DROP COLUMN would not notice it""", "public.t: view public.v is to be kept, so contract will refuse while it is there");
    }

    @Test
    void refusesToCarryAUniquenessThatIsNotThere(TestDatabase db) throws SQLException {
        db.execute("CREATE TABLE t (id int PRIMARY KEY, c text, d text UNIQUE); CREATE UNIQUE INDEX i ON t (lower(c))");
        assertThat(faults(db, """
                  public.t:
                    columns:
                      c: { search: { normalizer: email, unique: carry } }
                      d: { search: { normalizer: email, unique: carry } }
                """))
                .singleElement()
                .asString()
                .contains("has nothing to carry", "index i cannot be carried: it is over an expression");
    }

    @Test
    @DisplayName("T26 refuses to bind rows by a key of several text forms")
    void refusesToBindRowsByAnUnsuitableKey(TestDatabase db) throws SQLException {
        db.execute("CREATE TABLE t (a uuid, b numeric, c text, PRIMARY KEY (a, b))");
        assertThat(faults(db, "  public.t: { bind: row, columns: { c: {} } }"))
                .singleElement()
                .asString()
                .startsWith("bind: row is not possible, because the row key's column b has type numeric");
    }

    @Test
    void scansAColumnOfAnUntriedType(TestDatabase db) throws SQLException {
        db.execute("CREATE TABLE t (id int PRIMARY KEY, c circle); INSERT INTO t VALUES (1, '<(0.1,2),3>')");
        String plan = "  public.t: { columns: { c: { encoding: pgtext/1 (unverified) } } }";
        assertThat(faults(db, plan)).isEmpty();
    }

    @Test
    void advisesPaddingAndBindingToRows(TestDatabase db) throws SQLException {
        db.execute("""
                CREATE TABLE t (id uuid PRIMARY KEY, yn text, story text, age int);
                INSERT INTO t VALUES (gen_random_uuid(), 'no', repeat('x', 99), 5)""");
        assertThat(check(db, "  public.t: { columns: { yn: {}, story: {}, age: {} } }")
                        .notices())
                .satisfiesExactly(
                        n -> assertThat(n).startsWith("public.t: bind: row is possible here"),
                        n -> assertThat(n).startsWith("public.t.yn: pad: 32 is advised"));
        assertThat(check(db, "  public.t: { bind: row, columns: { yn: { pad: 0 } } }")
                        .notices())
                .isEmpty();
    }

    @Test
    @DisplayName("T23 refuses a database in another encoding than UTF8")
    void refusesAnotherEncoding(TestDatabase db) throws SQLException {
        String other = db.name() + "_ascii";
        db.execute("CREATE DATABASE %s TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'"
                .formatted(other));
        try {
            var source = new PGSimpleDataSource();
            source.setURL(db.jdbcUrl());
            source.setDatabaseName(other);
            List<PlanFault> faults = Database.of(source)
                    .inTransaction(TransactionSettings.reading(), "looking", tx -> PlanCheck.in(tx, Set.of())
                            .check(plan("  public.t: { columns: { c: {} } }"))
                            .faults());
            assertThat(faults.get(0).message())
                    .startsWith("the database has server_encoding SQL_ASCII; Sealway needs UTF8");
        } finally {
            db.execute("DROP DATABASE %s WITH (FORCE)".formatted(other));
        }
    }

    @Test
    void asksForNoNewColumnsNorViewsInPlace(TestDatabase db) throws SQLException {
        db.execute(
                "CREATE TABLE t (id int PRIMARY KEY, c text, c_encrypted text)",
                "CREATE VIEW t_sealed AS SELECT 1",
                "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                "CREATE TRIGGER \"~~late\" BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()");
        String table =
                "  public.t: { cipher: v, mode: %s, columns: { c: {}, id: {} } }\nciphers: { v: { kind: vault-transit } }";

        assertThat(faults(db, table.formatted("expand")))
                .anyMatch(m -> m.startsWith("trigger ~~late would fire"))
                .anyMatch(m -> m.startsWith("the name public.t_sealed"))
                .anyMatch(m -> m.startsWith("the table has a column c_encrypted"))
                .anyMatch(m -> m.startsWith("is part of the primary key"));
        assertThat(faults(db, table.formatted("in-place")))
                .noneMatch(m -> m.contains("guard") || m.contains("t_sealed") || m.contains("c_encrypted"))
                .anyMatch(m -> m.startsWith("is part of the primary key"));
    }

    private static List<String> faults(TestDatabase db, String tables) {
        return check(db, tables).faults().stream().map(PlanFault::message).toList();
    }

    private static PlanFindings check(TestDatabase db, String tables) {
        Plan plan = plan(tables);
        return Looking.at(db, tx -> PlanCheck.in(tx, Set.of()).check(plan));
    }

    private static Plan plan(String tables) {
        return PlanReader.read(HEAD + tables, "test.yaml");
    }
}
