package dev.sealway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.TableName;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
class TableFingerprintTest {

    private static final List<Identifier> OWN =
            List.of(Identifier.of("email_encrypted"), Identifier.of("email_search"));

    @BeforeEach
    void table(TestDatabase db) throws SQLException {
        db.execute("""
                CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                CREATE TABLE t (id int PRIMARY KEY, email text UNIQUE, note text DEFAULT 'x',
                  email_encrypted bytea, email_search bytea);
                CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE t ADD COLUMN more int",
                "ALTER TABLE t DROP COLUMN note",
                "ALTER TABLE t ALTER COLUMN note TYPE varchar(9)",
                "ALTER TABLE t ALTER COLUMN note SET NOT NULL",
                "ALTER TABLE t ALTER COLUMN note DROP DEFAULT",
                "ALTER TABLE t ADD CHECK (note <> '')",
                "ALTER TABLE t DROP CONSTRAINT t_email_key",
                "CREATE INDEX i ON t (note)",
                "ALTER TABLE t DISABLE TRIGGER tr",
                "DROP TRIGGER tr ON t",
                "CREATE OR REPLACE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
                "ALTER FUNCTION f() SET search_path = public",
                "CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING",
                "ALTER TABLE t ALTER COLUMN email_encrypted TYPE text USING encode(email_encrypted, 'hex')"
            })
    void changesWithTheDefinition(String ddl, TestDatabase db) throws SQLException {
        String before = fingerprint(db);
        db.execute(ddl);
        assertThat(fingerprint(db)).isNotEqualTo(before).hasSize(64);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES (1, 'a@b'); ANALYZE t",
                "CREATE UNIQUE INDEX i ON t (email_search)",
                "CREATE INDEX i ON t (id) WHERE email IS NOT NULL AND email_encrypted IS NULL",
                "ALTER TABLE t ADD CHECK (email IS NULL OR email_encrypted IS NOT NULL)",
                "ALTER TABLE t ALTER COLUMN email_encrypted SET NOT NULL",
                "ALTER TABLE t ADD UNIQUE (email_search)",
                "CREATE TRIGGER \"~sealway_x\" BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()"
            })
    void doesNotChangeWithRowsOrWithWhatSealwayAdds(String sql, TestDatabase db) throws SQLException {
        String before = fingerprint(db);
        db.execute(sql);
        assertThat(fingerprint(db)).isEqualTo(before);
    }

    @Test
    void isTheSameUnderAnySearchPath(TestDatabase db) {
        String writing = Looking.writing(db, TableFingerprintTest::fingerprintIn);
        assertThat(writing).isEqualTo(fingerprint(db));
    }

    private static String fingerprint(TestDatabase db) {
        return Looking.at(db, TableFingerprintTest::fingerprintIn);
    }

    private static String fingerprintIn(Transaction tx) {
        LiveTable table = Catalog.in(tx).table(new TableName("public", "t")).orElseThrow();
        return TableFingerprint.of(tx, table, OWN, List.of());
    }
}
