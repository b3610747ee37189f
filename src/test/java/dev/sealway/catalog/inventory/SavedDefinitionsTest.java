package dev.sealway.catalog.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.Looking;
import dev.sealway.jdbc.Identifier;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class SavedDefinitionsTest {

    /** What a column is made of; the rest are statements in an order in which they can run. */
    private static final Set<String> NAMES_ONLY = Set.of("type", "collation", "table");

    private static final List<String> LATE = List.of(
            "foreign key",
            "function",
            "view",
            "materialized view",
            "rule",
            "trigger",
            "policy",
            "object owner",
            "object grant");

    @Test
    void makesEverythingAgainAfterTheDrop(TestDatabase db) throws SQLException {
        db.execute("""
                CREATE ROLE saved_reader;
                CREATE SCHEMA "x y";
                CREATE TABLE "x y"."T" (id int PRIMARY KEY, "E mail" varchar(80) COLLATE "C" NOT NULL DEFAULT 'it''s',
                  CONSTRAINT "u q" UNIQUE ("E mail"), CHECK ("E mail" <> ''));
                ALTER TABLE "x y"."T" ALTER "E mail" SET STORAGE EXTERNAL, ALTER "E mail" SET STATISTICS 500;
                ALTER TABLE "x y"."T" ADD COLUMN domain text GENERATED ALWAYS AS (upper("E mail")) STORED;
                COMMENT ON COLUMN "x y"."T"."E mail" IS 'what''s this';
                GRANT SELECT ("E mail") ON "x y"."T" TO saved_reader WITH GRANT OPTION;
                CREATE INDEX low ON "x y"."T" (lower("E mail")) WHERE id > 0;
                CREATE STATISTICS "x y".st ON id, "E mail" FROM "x y"."T";
                CREATE TABLE child (e varchar(80) REFERENCES "x y"."T" ("E mail") ON DELETE CASCADE);
                CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                CREATE TRIGGER tr BEFORE UPDATE OF "E mail" ON "x y"."T" FOR EACH ROW EXECUTE FUNCTION touch();
                CREATE POLICY po ON "x y"."T" FOR SELECT TO saved_reader, CURRENT_USER USING ("E mail" = current_user);
                CREATE VIEW v WITH (security_barrier = true) AS SELECT "E mail" FROM "x y"."T";
                CREATE RULE ru AS ON UPDATE TO "x y"."T" WHERE NEW."E mail" = '' DO INSTEAD NOTHING""");
        try {
            List<SavedDefinition> before = saved(db);
            db.execute("""
                    DROP VIEW v; ALTER TABLE child DROP CONSTRAINT child_e_fkey; DROP POLICY po ON "x y"."T";
                    DROP TRIGGER tr ON "x y"."T"; DROP RULE ru ON "x y"."T";
                    ALTER TABLE "x y"."T" DROP COLUMN IF EXISTS domain;
                    ALTER TABLE "x y"."T" DROP COLUMN "E mail" RESTRICT;
                    ALTER TABLE "x y"."T" ADD COLUMN "E mail" varchar(80) COLLATE "C" """);
            for (SavedDefinition definition : inOrder(before)) {
                db.execute(definition.definition());
            }
            assertThat(saved(db)).containsExactlyInAnyOrderElementsOf(before);
            assertThat(before)
                    .extracting(SavedDefinition::kind)
                    .contains("type", "collation", "default", "storage", "statistics target", "comment", "grant")
                    .contains("not null", "constraint", "index", "statistics", "foreign key", "trigger", "policy")
                    .contains("view", "rule", "generated column");
        } finally {
            db.execute("DROP OWNED BY saved_reader; DROP ROLE saved_reader");
        }
    }

    private static List<SavedDefinition> inOrder(List<SavedDefinition> all) {
        return all.stream()
                .filter(d -> !NAMES_ONLY.contains(d.kind()))
                .sorted(java.util.Comparator.comparing(d -> LATE.indexOf(d.kind())))
                .toList();
    }

    private static List<SavedDefinition> saved(TestDatabase db) {
        LiveTable table = Looking.table(db, "x y", "T");
        List<Identifier> columns = List.of(Identifier.of("E mail"));
        return Looking.writing(db, tx -> SavedDefinitions.of(tx, table, columns, Inventory.of(tx, table, columns)));
    }
}
