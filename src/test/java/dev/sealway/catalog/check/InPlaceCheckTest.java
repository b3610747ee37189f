package dev.sealway.catalog.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.catalog.Looking;
import dev.sealway.jdbc.Sql;
import dev.sealway.plan.Plan;
import dev.sealway.plan.PlanFault;
import dev.sealway.planfile.PlanReader;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
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

@Tag("slow")
@ExtendWith(PostgresExtension.class)
class InPlaceCheckTest {

    private static final String HEAD = """
            sealway: 1
            name: test
            ciphers: { transit: { kind: vault-transit, key: k } }
            tables:
            """;

    private static final String PLAN = """
              public.t:
                mode: in-place
                cipher: transit
                %s
                columns: { c: {} }
            """;

    private static final String TABLE =
            "CREATE TABLE t (id int PRIMARY KEY, c text, gone boolean NOT NULL DEFAULT false); ";

    @Test
    void findsNothingWrongWithAPlainTextColumn(TestDatabase db) throws SQLException {
        db.execute(TABLE + "INSERT INTO t VALUES (1, 'vault 7'), (2, NULL), (3, '')");
        assertThat(faults(db, "where: not gone")).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("T55 refuses what no ciphertext can live with, whatever the plan says")
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE UNIQUE INDEX x ON t (c) | index x | nothing would be unique any more",
                "CREATE UNIQUE INDEX x ON t (lower(c)) | index x | nothing would be unique any more",
                "ALTER TABLE t ADD CONSTRAINT x UNIQUE (gone, c) | constraint x | it would hold for anything",
                "ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING hash (c WITH =) | constraint x | it would hold for anything",
                "CREATE TABLE o (c text UNIQUE); ALTER TABLE t ADD CONSTRAINT x FOREIGN KEY (c) REFERENCES o (c) | constraint x | it would hold for anything",
                "ALTER TABLE t ADD UNIQUE (c); CREATE TABLE o (c text CONSTRAINT x REFERENCES t (c)) | foreign key public.o.x | no row would be found",
                "ALTER TABLE t ADD COLUMN x text GENERATED ALWAYS AS (lower(c)) STORED | generated column x | would be made of ciphertexts",
                "CREATE POLICY x ON t USING (c = current_user) | policy x | judge rows by ciphertexts",
                "CREATE RULE x AS ON UPDATE TO t WHERE new.c = '' DO INSTEAD NOTHING | rule x | rewrites statements",
                "CREATE INDEX x ON t (c); INSERT INTO t VALUES (1, repeat('x', 12000)) | index x | an index takes rows of up to 2704 bytes"
            })
    void refusesWhatNoCiphertextCanLiveWith(String ddl, String key, String why, TestDatabase db) throws SQLException {
        db.execute(TABLE + ddl);
        String accepted = "dispositions: { \"%s\": accept }".formatted(key);
        for (String decision : List.of("", accepted)) {
            assertThat(faults(db, decision))
                    .anySatisfy(m -> assertThat(m).startsWith(key).contains(why));
        }
    }

    @ParameterizedTest
    @DisplayName("T55 refuses what may go wrong with ciphertexts until it is accepted")
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE INDEX x ON t (c) | index x",
                "CREATE INDEX x ON t (id) WHERE c LIKE 'a%' | index x",
                "CREATE UNIQUE INDEX x ON t (gone) WHERE c IS NOT NULL | index x",
                "ALTER TABLE t ADD CONSTRAINT x CHECK (c <> 'nobody') | constraint x",
                "CREATE VIEW v AS SELECT c FROM t | view public.v",
                "CREATE MATERIALIZED VIEW v AS SELECT c FROM t | materialized view public.v",
                "CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT max(c) FROM t); END' | function public.f()",
                "CREATE STATISTICS x ON c, gone FROM t | statistics public.x",
                "ALTER TABLE t ALTER COLUMN c SET DEFAULT 'someone' | default c",
                "CREATE PUBLICATION x FOR TABLE t | publication x",
                "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f() | trigger x",
                "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER x AFTER UPDATE OF c ON t FOR EACH ROW EXECUTE FUNCTION f() | trigger x"
            })
    void asksForADecisionAboutWhatMayGoWrong(String ddl, String key, TestDatabase db) throws SQLException {
        db.execute(TABLE + ddl);
        assertThat(faults(db, "")).singleElement().asString().startsWith(key).endsWith("\"%s\": accept".formatted(key));
        assertThat(faults(db, "dispositions: { \"%s\": accept }".formatted(key)))
                .isEmpty();
        assertThat(faults(db, "dispositions: { \"%s\": drop }".formatted(key)))
                .singleElement()
                .asString()
                .contains("in place nothing is dropped");
    }

    @ParameterizedTest
    @ValueSource(strings = {"int", "char(200)", "json", "bytea", "text[]", "name", "short"})
    void refusesAnyOtherTypeThanText(String type, TestDatabase db) throws SQLException {
        db.execute("CREATE DOMAIN short AS text", "CREATE TABLE t (id int PRIMARY KEY, c %s)".formatted(type));
        assertThat(faults(db, ""))
                .singleElement()
                .asString()
                .contains(
                        "in place a ciphertext is a text", "ALTER TABLE \"public\".\"t\" ALTER COLUMN \"c\" TYPE text");
    }

    @Test
    @DisplayName("T54 names the exact length that a varchar lacks, and the views that are in the way")
    void namesTheLengthThatIsMissing(TestDatabase db) throws SQLException {
        db.execute(
                "CREATE TABLE t (id int PRIMARY KEY, c varchar(60))",
                "INSERT INTO t VALUES (1, 'Jörg Müller 12')",
                "CREATE VIEW v AS SELECT c FROM t");
        assertThat(faults(db, "dispositions: { \"view public.v\": accept }"))
                .singleElement()
                .asString()
                .contains("the longest value has 16 bytes, and its ciphertext 69 characters, 72 once")
                .contains("ALTER TABLE \"public\".\"t\" ALTER COLUMN \"c\" TYPE text, which rewrites nothing")
                .contains("drop and make again public.v");
        db.execute("DROP VIEW v; ALTER TABLE t ALTER COLUMN c TYPE varchar(72)");
        PlanFindings found = check(db, "");
        assertThat(found.faults()).isEmpty();
        assertThat(found.notices())
                .singleElement()
                .asString()
                .contains("varchar(72) holds the ciphertexts of values of up to 17 bytes");
    }

    @Test
    @DisplayName("T50 refuses values that begin as ciphertexts do, unless the plan accepts them")
    void refusesValuesThatBeginAsCiphertextsDo(TestDatabase db) throws SQLException {
        db.execute(TABLE + "INSERT INTO t VALUES (1, 'vault:v1:hello'), (2, 'vault:vx'), (3, ' vault:v1:'), (4, 'x')");
        assertThat(faults(db, ""))
                .singleElement()
                .asString()
                .startsWith("2 values begin with vault:v, as if they were encrypted already (id 1; id 2)")
                .contains("already-encrypted: accept")
                .doesNotContain("hello");
        assertThat(faults(db, "already-encrypted: accept")).isEmpty();
        Plan plan = plan("");
        assertThat(Looking.at(db, tx -> PlanCheck.in(tx, Set.of("public.t.c")).check(plan))
                        .faults())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"c IS NOT NULL", "not gone and length(c) > 1", "t.gone", "t IS NOT NULL"})
    void refusesAConditionThatEncryptionChanges(String where, TestDatabase db) throws SQLException {
        db.execute(TABLE);
        assertThat(faults(db, "where: '%s'".formatted(where))).anySatisfy(m -> assertThat(m)
                .startsWith("where may use only the row's columns that are not encrypted"));
    }

    @Test
    void measuresTextsOfACollationThatKnowsNoPatterns(TestDatabase db) throws SQLException {
        db.execute(
                "CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
                "CREATE TABLE t (id int PRIMARY KEY, c varchar(100) COLLATE blind)",
                "INSERT INTO t VALUES (1, 'vault:v1:hello')");
        assertThat(faults(db, "")).singleElement().asString().startsWith("1 values begin with vault:v");
    }

    @Test
    @DisplayName("T63 asks no more of a role than to read and to write the columns")
    void asksOnlyForWhatItNeeds(TestDatabase db) throws SQLException {
        db.execute(TABLE + "DROP ROLE IF EXISTS check_in_place; CREATE ROLE check_in_place");
        try {
            Plan plan = plan("where: gone = gone");
            assertThat(asRole(db, plan))
                    .satisfiesExactly(
                            m -> assertThat(m).startsWith("role check_in_place may not read c, id"),
                            m -> assertThat(m).startsWith("role check_in_place may not write c"));
            db.execute("GRANT SELECT, UPDATE (c) ON t TO check_in_place");
            assertThat(asRole(db, plan)).isEmpty();
        } finally {
            db.execute("DROP OWNED BY check_in_place; DROP ROLE check_in_place");
        }
    }

    private static List<String> asRole(TestDatabase db, Plan plan) {
        return Looking.at(db, tx -> {
            tx.execute(Sql.of("SET LOCAL ROLE check_in_place"));
            return PlanCheck.in(tx, Set.of()).check(plan).faults().stream()
                    .map(PlanFault::message)
                    .toList();
        });
    }

    private static List<String> faults(TestDatabase db, String keys) {
        return check(db, keys).faults().stream().map(PlanFault::message).toList();
    }

    private static PlanFindings check(TestDatabase db, String keys) {
        Plan plan = plan(keys);
        return Looking.at(db, tx -> PlanCheck.in(tx, Set.of()).check(plan));
    }

    private static Plan plan(String keys) {
        return PlanReader.read(HEAD + PLAN.formatted(keys), "test.yaml");
    }
}
