package dev.sealway.redefine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.Looking;
import dev.sealway.catalog.inventory.Inventory;
import dev.sealway.catalog.inventory.SavedDefinition;
import dev.sealway.catalog.inventory.SavedDefinitions;
import dev.sealway.jdbc.ConcurrentIndex;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Session;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class RedefinitionTest {

    private static final Identifier MAIL = Identifier.of("E mail");

    private static final String TAKE_AWAY = """
            DROP MATERIALIZED VIEW m; DROP VIEW w; DROP VIEW v; ALTER TABLE child DROP CONSTRAINT child_e_fkey;
            DROP POLICY po ON "x y"."T"; DROP TRIGGER tr ON "x y"."T"; DROP RULE ru ON "x y"."T";
            ALTER PUBLICATION pub DROP TABLE "x y"."T"; DROP FUNCTION longest();
            ALTER TABLE "x y"."T" DROP COLUMN domain;
            ALTER TABLE "x y"."T" DROP COLUMN "E mail" RESTRICT""";

    /** One of every kind, with everything that its definition alone does not say. */
    private static void createEverything(TestDatabase db) throws SQLException {
        db.execute("""
                CREATE ROLE redefined_reader;
                CREATE SCHEMA "x y";
                CREATE TABLE "x y"."T" (id int NOT NULL, "E mail" varchar(80) COLLATE "C" NOT NULL DEFAULT 'x y.T of "x y"."T"',
                  CONSTRAINT "u q" UNIQUE ("E mail") INCLUDE (id) DEFERRABLE INITIALLY DEFERRED,
                  CONSTRAINT pk PRIMARY KEY (id, "E mail"), CONSTRAINT "no empty" CHECK ("E mail" <> ''));
                INSERT INTO "x y"."T" SELECT g, 'a' || g FROM generate_series(1, 20) g;
                ALTER TABLE "x y"."T" ALTER "E mail" SET STORAGE EXTERNAL, ALTER "E mail" SET STATISTICS 500;
                ALTER TABLE "x y"."T" ADD COLUMN domain text GENERATED ALWAYS AS (upper("E mail")) STORED NOT NULL;
                COMMENT ON COLUMN "x y"."T".domain IS 'upper';
                COMMENT ON COLUMN "x y"."T"."E mail" IS 'what''s this';
                COMMENT ON CONSTRAINT "u q" ON "x y"."T" IS 'one each';
                GRANT SELECT ("E mail") ON "x y"."T" TO redefined_reader WITH GRANT OPTION;
                CREATE UNIQUE INDEX "lo w" ON "x y"."T" (lower("E mail")) WHERE id > 0;
                COMMENT ON INDEX "x y"."lo w" IS 'low';
                CREATE STATISTICS "x y".st ON id, "E mail" FROM "x y"."T";
                CREATE TABLE child (e varchar(80), id int);
                ALTER TABLE child ADD CONSTRAINT child_e_fkey FOREIGN KEY (id, e) REFERENCES "x y"."T" (id, "E mail") ON DELETE CASCADE;
                CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                CREATE TRIGGER tr BEFORE UPDATE OF "E mail" ON "x y"."T" FOR EACH ROW EXECUTE FUNCTION touch();
                ALTER TABLE "x y"."T" DISABLE TRIGGER tr;
                CREATE POLICY po ON "x y"."T" FOR SELECT TO redefined_reader USING ("E mail" = current_user);
                CREATE VIEW v WITH (security_barrier = true) AS SELECT "E mail" FROM "x y"."T";
                CREATE VIEW w AS SELECT * FROM v;
                CREATE MATERIALIZED VIEW m AS SELECT "E mail" FROM w;
                CREATE UNIQUE INDEX m_mail ON m ("E mail");
                COMMENT ON VIEW v IS 'a view';
                ALTER VIEW v OWNER TO redefined_reader;
                GRANT SELECT ON v TO PUBLIC;
                CREATE FUNCTION longest() RETURNS text LANGUAGE sql RETURN (SELECT max("E mail") FROM "x y"."T");
                REVOKE ALL ON FUNCTION longest() FROM PUBLIC;
                CREATE RULE ru AS ON UPDATE TO "x y"."T" WHERE NEW."E mail" = '' DO INSTEAD NOTHING;
                CREATE PUBLICATION pub FOR TABLE "x y"."T" """);
    }

    private static void dropRole(TestDatabase db) throws SQLException {
        db.execute("DROP OWNED BY redefined_reader CASCADE; DROP ROLE redefined_reader");
    }

    private static List<SavedDefinition> saved(TestDatabase db, String table) {
        LiveTable live = Looking.table(db, "x y", table);
        List<Identifier> columns = List.of(MAIL);
        return Looking.writing(db, tx -> SavedDefinitions.of(tx, live, columns, Inventory.of(tx, live, columns)));
    }

    private static Replay.Outcome makeAgain(TestDatabase db, String table, List<SavedDefinition> saved) {
        QualifiedName name = QualifiedName.of("x y", table);
        Redefinition redefinition = Redefinition.of(name, false, saved);
        Looking.writing(db, tx -> {
            redefinition.column(MAIL).forEach(tx::executeDefinition);
            return null;
        });
        try (Session session = Database.of(db.dataSource()).open()) {
            fill(db, table);
            for (ConcurrentIndex index : redefinition.indexes()) {
                index.build(session);
            }
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage());
        }
        return Looking.writing(db, tx -> new Replay(tx, redefinition).run());
    }

    private static void fill(TestDatabase db, String table) throws SQLException {
        db.execute("UPDATE \"x y\".\"%s\" SET \"E mail\" = 'a' || id".formatted(table));
    }

    @Test
    void makesOneOfEveryKindAgain(TestDatabase db) throws SQLException {
        createEverything(db);
        try {
            List<SavedDefinition> before = saved(db, "T");
            db.execute(TAKE_AWAY);
            Replay.Outcome outcome = makeAgain(db, "T", before);
            assertThat(outcome.lacking()).isEmpty();
            assertThat(outcome.there()).isEmpty();
            assertThat(saved(db, "T")).containsExactlyInAnyOrderElementsOf(before);
            assertThat(before)
                    .extracting(SavedDefinition::kind)
                    .contains(
                            "table", "type", "collation", "default", "storage", "statistics target", "comment", "grant")
                    .contains(
                            "not null", "constraint", "index", "statistics", "foreign key", "trigger", "policy", "rule")
                    .contains("view", "materialized view", "generated column", "publication", "function")
                    .contains("object owner", "object grant", "object comment", "object state");
        } finally {
            dropRole(db);
        }
    }

    @Test
    void followsATableThatWasRenamed(TestDatabase db) throws SQLException {
        createEverything(db);
        try {
            List<SavedDefinition> before = saved(db, "T");
            db.execute(TAKE_AWAY, "ALTER TABLE \"x y\".\"T\" RENAME TO \"T 2\"");
            Replay.Outcome outcome = makeAgain(db, "T 2", before);
            // whose own text names the table, and is nobody's to change
            assertThat(outcome.lacking()).extracting(SavedDefinition::name).containsOnly("public.longest()");
            assertThat(saved(db, "T 2"))
                    .hasSize(before.size() - outcome.lacking().size())
                    .extracting(SavedDefinition::kind)
                    .contains("constraint", "index", "foreign key", "trigger", "policy", "rule", "view", "publication");
            assertThat(db.value("SELECT column_default FROM information_schema.columns WHERE column_name = 'E mail'"
                            + " AND table_name = 'T 2'"))
                    .contains("x y.T of \"x y\".\"T\"");
        } finally {
            dropRole(db);
        }
    }

    @Test
    void leavesAloneWhatHasTheNameByNowAndTellsWhatLacks(TestDatabase db) throws SQLException {
        createEverything(db);
        try {
            List<SavedDefinition> before = saved(db, "T");
            db.execute(TAKE_AWAY, "CREATE VIEW v AS SELECT 1 AS one", "DROP TABLE child");
            Replay.Outcome outcome = makeAgain(db, "T", before);
            assertThat(outcome.there()).extracting(SavedDefinition::name).contains("public.v");
            assertThat(outcome.lacking()).extracting(SavedDefinition::name).contains("public.child.child_e_fkey");
            assertThat(db.value("SELECT one FROM v")).isEqualTo("1");
        } finally {
            dropRole(db);
        }
    }

    @Test
    void refusesAConstraintThatRowsDoNotFit(TestDatabase db) throws SQLException {
        createEverything(db);
        try {
            List<SavedDefinition> before = saved(db, "T");
            db.execute(TAKE_AWAY);
            QualifiedName name = QualifiedName.of("x y", "T");
            Redefinition redefinition = Redefinition.of(name, false, before);
            Looking.writing(db, tx -> {
                redefinition.column(MAIL).forEach(tx::executeDefinition);
                return null;
            });
            assertThatThrownBy(() -> Looking.writing(db, tx -> new Replay(tx, redefinition).run()))
                    .hasMessageContaining("rows of x y.T do not fit");
        } finally {
            dropRole(db);
        }
    }
}
