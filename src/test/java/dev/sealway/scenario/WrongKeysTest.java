package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.Sealway;
import dev.sealway.keys.KeyNotFoundException;
import dev.sealway.ledger.WrongKeyBundleException;
import dev.sealway.plan.Selection;
import dev.sealway.planfile.PlanReader;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class WrongKeysTest {

    private static final String TABLES = "tables: { public.users: { columns: { name: {} } } }";

    @BeforeEach
    void createsUsers(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, name text)",
                "INSERT INTO users SELECT g, 'Name ' || g FROM generate_series(1, 50) g");
    }

    @Test
    @DisplayName("T30 another bundle ends every verb before it writes a row")
    void refusesAnotherBundle(TestDatabase database, @TempDir Path directory) throws SQLException {
        Life life = Life.of(database, TABLES).toVerified();
        database.execute("UPDATE users SET name = 'changed' WHERE id = 7");
        Sealway stranger = life.sealway(Map.of("SEALWAY_KEYS", Life.freshKeys()));
        List<ThrowingCallable> verbs = List.of(
                () -> stranger.backup(Selection.ALL, directory),
                () -> stranger.expand(Selection.ALL),
                () -> stranger.backfill(Selection.ALL),
                () -> stranger.verify(Selection.ALL),
                () -> stranger.contract(Selection.ALL, life.phrase()),
                () -> stranger.column("users.name"));
        List<String> before = everything(database);
        for (ThrowingCallable verb : verbs) {
            assertThatThrownBy(verb).isInstanceOf(WrongKeyBundleException.class);
            assertThat(everything(database)).isEqualTo(before);
        }
        assertThat(database.rows("SELECT verb, outcome FROM sealway.run ORDER BY id DESC LIMIT 1"))
                .containsExactly(List.of("contract", "refused"));
        assertThat(directory).isEmptyDirectory();
        life.toContracted();
    }

    @Test
    @DisplayName("T30 a secret that is missing is not made up")
    void refusesToGoWithoutKeys(TestDatabase database, @TempDir Path directory) throws SQLException {
        List<String> before = rows(database, "public.users", "t.xmin::text || t::text");
        assertThatThrownBy(() -> Life.of(database, TABLES).sealway(Map.of()).expand(Selection.ALL))
                .isInstanceOf(KeyNotFoundException.class)
                .hasMessageContaining("SEALWAY_KEYS");
        Path file = directory.resolve("keys.json");
        Sealway fromFile = Sealway.plan(PlanReader.read("""
                        sealway: 1
                        name: test
                        keys: { provider: file, ref: "%s" }
                        %s
                        """.formatted(file, TABLES), "test.yaml"))
                .on(database.dataSource());
        assertThatThrownBy(() -> fromFile.expand(Selection.ALL)).isInstanceOf(KeyNotFoundException.class);
        assertThat(file).doesNotExist();
        assertThat(rows(database, "public.users", "t.xmin::text || t::text")).isEqualTo(before);
        assertThat(database.value("SELECT count(*) FROM sealway.keyring")).isEqualTo("0");
        assertThat(database.value("SELECT count(*) FROM sealway.sealed_column")).isEqualTo("0");
    }

    /** Every row of the user's and of the ledger's, but not the list of runs: that there was one is worth knowing. */
    private static List<String> everything(TestDatabase database) throws SQLException {
        List<String> all = new ArrayList<>(rows(database, "public.users", "t.xmin::text || t::text"));
        for (List<String> table : database.rows("""
                SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
                 WHERE schemaname = 'sealway' AND tablename NOT IN ('run', 'audit', 'lease', 'run_control') ORDER BY 1""")) {
            all.addAll(rows(database, table.get(0), "t::text"));
        }
        return all;
    }

    private static List<String> rows(TestDatabase database, String table, String expression) throws SQLException {
        return database.rows("SELECT %s FROM %s t ORDER BY 1".formatted(expression, table)).stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
    }
}
