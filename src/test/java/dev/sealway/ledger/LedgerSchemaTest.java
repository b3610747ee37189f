package dev.sealway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

@ExtendWith(PostgresExtension.class)
class LedgerSchemaTest {

    /** The number of the newest script, and so the number of scripts: they are counted without gaps. */
    private static final int NEWEST = LedgerScript.all().size();

    private static final LedgerScript NEXT = new LedgerScript(
            NEWEST + 1, "next", "ALTER TABLE sealway.run ADD COLUMN mood text; CREATE TABLE sealway.next ();");

    @Test
    void installsOnceAndDoesNothingAfterwards(TestDatabase test) throws SQLException {
        Database database = Database.of(test.dataSource());
        assertThat(isInstalled(database)).isFalse();
        LedgerSchema.install(database);
        String installed = test.value("SELECT string_agg(number || ' ' || script, ',') FROM sealway.version");
        LedgerSchema.install(database);
        assertThat(isInstalled(database)).isTrue();
        assertThat(installed).startsWith("1 1__ledger");
        assertThat(test.value("SELECT count(*) FROM sealway.version")).isEqualTo(Integer.toString(NEWEST));
    }

    @Test
    void installsOnceWhenManyProcessesBeginTogether(TestDatabase test) throws Exception {
        int processes = 4;
        CyclicBarrier together = new CyclicBarrier(processes);
        ExecutorService threads = Executors.newFixedThreadPool(processes);
        try {
            Callable<Integer> installing = () -> {
                Database database = Database.of(test.dataSource());
                together.await();
                LedgerSchema.install(database);
                return 1;
            };
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < processes; i++) {
                running.add(threads.submit(installing));
            }
            for (Future<Integer> process : running) {
                assertThat(process.get()).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(test.value("SELECT count(*) FROM sealway.version")).isEqualTo(Integer.toString(NEWEST));
    }

    @Test
    void upgradesByTheScriptsThatAreMissingOnly(TestDatabase test) throws SQLException {
        Database database = Database.of(test.dataSource());
        LedgerSchema.install(database);
        test.execute("INSERT INTO sealway.run (verb, plan) VALUES ('expand', 'alphapulse')");
        List<LedgerScript> both = new ArrayList<>(LedgerScript.all());
        both.add(NEXT);
        LedgerSchema.install(database, both);
        LedgerSchema.install(database, both);
        assertThat(test.value("SELECT max(number) FROM sealway.version")).isEqualTo(Integer.toString(NEWEST + 1));
        assertThat(test.value("SELECT verb FROM sealway.run WHERE mood IS NULL"))
                .isEqualTo("expand");
    }

    @Test
    void keepsTheKeyOfTokensThatWereMadeBeforeItWasWrittenDown(TestDatabase test) throws SQLException {
        Database database = Database.of(test.dataSource());
        LedgerSchema.install(database, LedgerScript.all().subList(0, 4));
        test.execute("""
                INSERT INTO sealway.keyring (keyset, purpose, key_id, fingerprint, is_primary)
                VALUES ('token/default', 'prf', 7, 'f', true), ('token/default', 'prf', 8, 'f', false)""", """
                INSERT INTO sealway.sealed_table (plan, table_schema, table_name, oid, home, binding, row_key, row_key_numbers)
                VALUES ('alphapulse', 'public', 'users', 1, 'here', 'column', '{id}', '{1}')""", """
                INSERT INTO sealway.sealed_column (table_id, plaintext, plaintext_number, encrypted, search,
                       search_normalizer, search_context, search_index, search_bits, search_unique, context, encoding,
                       keyset, change)
                VALUES (1, 'email', 2, 'email_encrypted', 'email_search', 'email/1', 'c', 'eq', 128, false, 'c',
                        'pgtext/1', 'data/default', 1)""", """
                INSERT INTO sealway.sealed_column (table_id, plaintext, plaintext_number, encrypted, context, encoding,
                       keyset, change)
                VALUES (1, 'name', 3, 'name_encrypted', 'd', 'pgtext/1', 'data/default', 1)""");
        LedgerSchema.install(database);
        assertThat(test.rows("SELECT plaintext, search_key FROM sealway.sealed_column ORDER BY id"))
                .containsExactly(List.of("email", "7"), Arrays.asList("name", null));
    }

    @Test
    void leavesNothingBehindWhenAScriptFails(TestDatabase test) throws SQLException {
        Database database = Database.of(test.dataSource());
        List<LedgerScript> broken = new ArrayList<>(LedgerScript.all());
        broken.add(new LedgerScript(NEWEST + 1, "broken", "CREATE TABLE sealway.half (); SELECT 1/0"));
        assertThatThrownBy(() -> LedgerSchema.install(database, broken))
                .hasMessageContaining("installing schema sealway");
        assertThat(test.value("SELECT to_regnamespace('sealway')")).isNull();
    }

    @Test
    void refusesALedgerThatIsNewerThanItself(TestDatabase test) throws SQLException {
        Database database = Database.of(test.dataSource());
        LedgerSchema.install(database);
        test.execute("INSERT INTO sealway.version (number, script) VALUES (99, 'later')");
        assertThatThrownBy(() -> LedgerSchema.install(database))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("schema sealway has version 99")
                .hasMessageContaining("up to version %d".formatted(NEWEST))
                .hasMessageContaining("use the release that upgraded it");
    }

    @Test
    void refusesASchemaThatBelongsToSomethingElse(TestDatabase test) throws SQLException {
        test.execute("CREATE SCHEMA sealway", "CREATE TABLE sealway.canals (id int)");
        assertThatThrownBy(() -> LedgerSchema.install(Database.of(test.dataSource())))
                .hasMessageContaining("schema sealway exists and is not Sealway's");
        assertThat(test.value("SELECT count(*) FROM sealway.canals")).isEqualTo("0");
    }

    @Test
    void worksForAPlainRoleOrSaysWhichPrivilegeItLacks(TestDatabase test) throws SQLException {
        String role = "\"%s'r%%s\"".formatted(test.name());
        test.execute("CREATE ROLE %s LOGIN PASSWORD 'x'".formatted(role));
        try {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(test.bareJdbcUrl());
            source.setUser("%s'r%%s".formatted(test.name()));
            source.setPassword("x");
            Database database = Database.of(source);
            assertThatThrownBy(() -> LedgerSchema.install(database))
                    .isInstanceOf(SealwayException.class)
                    .hasMessageContaining("role %s may not create schema sealway".formatted(role))
                    .hasMessageContaining("GRANT CREATE ON DATABASE %s TO %s".formatted(test.name(), role));
            test.execute("CREATE SCHEMA sealway AUTHORIZATION %s".formatted(role));
            LedgerSchema.install(database);
            assertThat(isInstalled(database)).isTrue();
            Sql home = Sql.of("SELECT {home} LIKE '%/%'").with("home", Rebinding.HOME);
            assertThat(database.<Boolean>inTransaction(TransactionSettings.reading(), "looking", tx -> tx.isTrue(home)))
                    .isTrue();
            List<LedgerScript> both = new ArrayList<>(LedgerScript.all());
            both.add(NEXT);
            test.execute(
                    "REVOKE ALL ON SCHEMA sealway FROM %s".formatted(role),
                    "GRANT USAGE ON SCHEMA sealway TO %s".formatted(role));
            assertThatThrownBy(() -> LedgerSchema.install(database, both))
                    .hasMessageContaining("role %s may not create tables in schema sealway".formatted(role));
        } finally {
            test.execute("DROP OWNED BY %s CASCADE".formatted(role), "DROP ROLE %s".formatted(role));
        }
    }

    @Test
    void grantsNothingToAnybody(TestDatabase test) throws SQLException {
        LedgerSchema.install(Database.of(test.dataSource()));
        assertThat(test.value("""
                SELECT count(*) FROM pg_class c, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
                 WHERE c.relnamespace = 'sealway'::regnamespace AND c.relkind IN ('r', 'v') AND a.grantee <> c.relowner""")).isEqualTo("0");
        assertThat(test.value("SELECT nspacl FROM pg_namespace WHERE nspname = 'sealway'"))
                .isNull();
    }

    @Test
    void tellsWhatEachTableIsForAndIndexesEveryForeignKey(TestDatabase test) throws SQLException {
        LedgerSchema.install(Database.of(test.dataSource()));
        assertThat(test.rows("""
                SELECT relname FROM pg_class
                 WHERE relnamespace = 'sealway'::regnamespace AND relkind IN ('r', 'v')
                   AND obj_description(oid, 'pg_class') IS NULL""")).isEmpty();
        assertThat(test.rows("""
                SELECT conname FROM pg_constraint f
                 WHERE f.connamespace = 'sealway'::regnamespace AND f.contype = 'f'
                   AND NOT EXISTS (SELECT FROM pg_index i
                                    WHERE i.indrelid = f.conrelid AND i.indkey[0] = f.conkey[1])""")).isEmpty();
    }

    private static boolean isInstalled(Database database) {
        return database.inTransaction(TransactionSettings.reading(), "looking", LedgerSchema::isInstalled);
    }
}
