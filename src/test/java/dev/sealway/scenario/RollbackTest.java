package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The way back while the plaintext is there, as a circle from every phase. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class RollbackTest {

    private static final String CHANGE_1 = """
            tables:
              public.users:
                columns:
                  email: { search: { normalizer: email, unique: carry, accept-leakage: "few rows" } }
                  name: {}
            """;
    private static final String CHANGE_2 = CHANGE_1 + """
                  phone: { change: 2, search: { normalizer: exact, accept-leakage: "few rows" } }
            """;

    private static Life life(TestDatabase database, String plan) throws SQLException {
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, email text UNIQUE, name text NOT NULL, phone text)",
                "INSERT INTO users SELECT g, 'a' || g || '@b.c', 'N' || g, '0' || g FROM generate_series(1, 300) g");
        return Life.of(database, plan);
    }

    @Test
    void leadsBackFromEveryPhaseAndOnAgain(TestDatabase database) throws SQLException {
        Life life = life(database, CHANGE_1);
        String before = shape(database);
        List<Runnable> phases = List.of(
                life::expand,
                () -> life.sealway().backfill(Selection.ALL),
                () -> life.sealway().verify(Selection.ALL),
                () -> life.sealway().views(Selection.ALL));
        for (int last = 1; last <= phases.size(); last++) {
            phases.subList(0, last).forEach(Runnable::run);
            life.sealway().rollback(Selection.ALL);
            life.sealway().rollback(Selection.ALL);
            assertThat(shape(database)).as("after phase %d", last).isEqualTo(before);
            assertThat(database.value("SELECT count(*) FROM sealway.sealed_table"))
                    .isEqualTo("0");
        }
        life.toContracted();
        assertThat(database.value("SELECT count(*) FROM users WHERE email_encrypted IS NULL"))
                .isEqualTo("0");
    }

    @Test
    void leadsBackFromHalfABackfill(TestDatabase database) throws SQLException {
        Life life = life(database, CHANGE_1);
        String before = shape(database);
        life.expand();
        database.execute("UPDATE users SET email = 'A7@b.c' WHERE id = 200");
        assertThatThrownBy(() -> life.sealway().backfill(Selection.ALL)).hasMessageContaining("Rows by key: 200 = 7");
        assertThat(database.value("SELECT count(*) FROM users WHERE name_encrypted IS NOT NULL"))
                .isEqualTo("300");
        life.sealway().rollback(Selection.ALL);
        assertThat(shape(database)).isEqualTo(before);
        database.execute("UPDATE users SET email = 'a200@b.c' WHERE id = 200");
        life.toContracted();
    }

    @Test
    void isRefusedWhileAValueIsOnlyEncrypted(TestDatabase database) throws SQLException {
        Life life = life(database, CHANGE_1).toVerified();
        var email = life.sealway().column("users.email");
        try (var connection = database.connect();
                var insert = connection.prepareStatement(
                        "INSERT INTO users (id, name, email_encrypted, email_search) VALUES (999, 'n', ?, ?)")) {
            insert.setBytes(1, email.seal("new@b.c"));
            insert.setBytes(2, email.searchToken("new@b.c"));
            insert.executeUpdate();
        }
        String before = shape(database);
        assertThatThrownBy(() -> life.sealway().rollback(Selection.ALL))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("1 rows of public.users")
                .hasMessageContaining("email_encrypted");
        assertThat(shape(database)).isEqualTo(before);
    }

    @Test
    void takesBackALaterChangeAloneAndLeavesTheEarlierOneVerified(TestDatabase database) throws SQLException {
        Life life = life(database, CHANGE_1).toVerified();
        life.sealway().views(Selection.ALL);
        String before = shape(database);
        life.replan(CHANGE_2).toVerified();
        life.sealway().views(Selection.ALL);
        life.sealway().rollback(Selection.ofChange(2));
        assertThat(shape(database)).isEqualTo(before);
        assertThat(database.value("SELECT phone FROM users_sealed WHERE id = 7"))
                .isEqualTo("07");
        life.replan(CHANGE_1);
        life.contract();
        assertThat(database.value(
                        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'users_email_key_sealed'"))
                .isEqualTo("UNIQUE (email_search)");
    }

    @Test
    void takesBackOneColumnOfAChange(TestDatabase database) throws SQLException {
        Life life = life(database, CHANGE_1).toVerified();
        life.sealway().rollback(new Selection(Set.of(), Set.of("name"), OptionalInt.empty()));
        assertThat(shape(database)).contains("email_encrypted").doesNotContain("name_encrypted");
        database.execute("UPDATE users SET email = 'other@b.c' WHERE id = 5");
        life.toContracted();
        assertThat(shape(database)).contains("email_encrypted", "name_encrypted");
    }

    @Test
    @DisplayName("a drop that was confirmed before a rollback is confirmed no more")
    void forgetsAConfirmedDrop(TestDatabase database) throws SQLException {
        Life life = life(database, CHANGE_1).toVerified();
        database.execute(
                "INSERT INTO sealway.confirmation (plan, phrase, columns) VALUES ('test', 'old words', '{x}')");
        life.sealway().rollback(Selection.ALL);
        assertThat(database.value("SELECT count(*) FROM sealway.confirmation WHERE closed_at IS NULL"))
                .isEqualTo("0");
    }

    static String shape(TestDatabase database) throws SQLException {
        return database.rows("""
                        SELECT attname, format_type(atttypid, atttypmod) || attnotnull FROM pg_attribute
                         WHERE attrelid = 'users'::regclass AND attnum > 0 AND NOT attisdropped
                        UNION ALL SELECT 'index', indexrelid::regclass::text FROM pg_index WHERE indrelid = 'users'::regclass
                        UNION ALL SELECT 'trigger', tgname FROM pg_trigger WHERE tgrelid = 'users'::regclass
                        UNION ALL SELECT 'constraint', regexp_replace(conname, '[0-9]+$', '') FROM pg_constraint
                         WHERE conrelid = 'users'::regclass
                        UNION ALL SELECT 'view', relname FROM pg_class WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace
                        UNION ALL SELECT 'function', proname FROM pg_proc WHERE pronamespace = to_regnamespace('sealway') AND proname <> 'refuse_audit_change'
                        ORDER BY 1, 2""").toString();
    }
}
