package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What stops a drop at the last moment, and what becomes of a drop that was stopped. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class BarrierTest {

    private static final String USERS = """
            tables:
              public.users:
                columns:
                  email: { search: { normalizer: email, unique: carry, accept-leakage: "few rows" } }
                  name: {}
            """;
    private static final String ORDERS = USERS + """
              public.orders:
                columns: { note: {} }
            """;

    private static void create(TestDatabase database, int rows) throws SQLException {
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, email text UNIQUE, name text, active boolean DEFAULT true)",
                "INSERT INTO users SELECT g, 'a' || g || '@b.c', 'N' || g FROM generate_series(1, %d) g"
                        .formatted(rows),
                "CREATE TABLE orders (id int PRIMARY KEY, note text)",
                "INSERT INTO orders SELECT g, 'o' || g FROM generate_series(1, 20) g");
    }

    @Test
    @DisplayName(
            "T11 ten thousand rows made dirty right before the barrier roll it back; they are caught up, then it drops")
    void rollsBackWhenTooMuchIsDirty(TestDatabase database) throws SQLException {
        create(database, 10_000);
        Life life = Life.of(database, USERS).batchesOf(5_000).toVerified();
        List<String> seen = new ArrayList<>();
        life.whenTold(step -> {
            if (step.startsWith("Proved") && seen.isEmpty()) {
                run(database, "UPDATE users SET name = name || '!'");
            } else if (step.contains("applications are busy on public.users")) {
                seen.add(value(database, "SELECT count(name) || ' ' || count(name_encrypted) FROM users"));
            }
        });
        var report = life.contract();
        assertThat(seen).containsExactly("10000 0");
        assertThat(report.tables().get(0).dropped()).containsExactlyInAnyOrder("email", "name");
        assertThat(database.value("SELECT count(name_encrypted) FROM users")).isEqualTo("10000");
    }

    @Test
    @DisplayName("T11 ten thousand dirty rows that the plan's where hides are refused, and nothing is dropped")
    void refusesRowsThatWhereHides(TestDatabase database) throws SQLException {
        create(database, 10_000);
        database.execute("UPDATE users SET active = false");
        Life life = Life.of(database, """
                tables:
                  public.users:
                    where: active
                    columns: { name: {} }
                """).toVerified();
        assertThatThrownBy(() -> life.contract())
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("10000 rows of public.users")
                .hasMessageContaining("'where'");
        assertThat(database.value("SELECT count(name) FROM users")).isEqualTo("10000");
    }

    @Test
    void provesRowsThatChangedSinceVerify(TestDatabase database) throws SQLException {
        create(database, 100);
        Life life = Life.of(database, USERS).toVerified();
        database.execute("UPDATE users SET name = 'x', name_encrypted = (SELECT name_encrypted FROM users WHERE id = 1)"
                + " WHERE id = 7");
        assertThatThrownBy(() -> life.contract())
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("1 values of public.users that changed since verify are wrong")
                .hasMessageContaining("7");
        assertThat(database.value("SELECT name FROM users WHERE id = 7")).isEqualTo("x");
    }

    @Test
    @DisplayName("T06 the barrier refuses when the guard or the watch is disabled")
    void refusesWithoutGuardOrWatch(TestDatabase database) throws SQLException {
        create(database, 50);
        Life life = Life.of(database, USERS).toVerified();
        for (String trigger : List.of("~sealway_guard", "~sealway_recheck")) {
            database.execute("ALTER TABLE users DISABLE TRIGGER \"" + trigger + "\"");
            assertThatThrownBy(() -> life.contract())
                    .isInstanceOf(SealwayException.class)
                    .hasMessageContaining("disabled");
            assertThat(database.value("SELECT count(name) FROM users")).isEqualTo("50");
            database.execute("ALTER TABLE users ENABLE ALWAYS TRIGGER \"" + trigger + "\"");
        }
        database.execute("DROP TRIGGER \"~sealway_guard\" ON users");
        life.expand();
        assertThat(life.told()).anyMatch(s -> s.contains("is put back"));
        assertThatThrownBy(() -> life.contract()).hasMessageContaining("not verified yet");
        life.toContracted();
    }

    @Test
    void goesOnUnderThePhraseItBeganWith(TestDatabase database) throws SQLException {
        create(database, 50);
        Life life = Life.of(database, ORDERS).toVerified();
        String phrase = life.phrase();
        life.whenTold(step -> {
            if (step.startsWith("Dropped column public.users")) {
                run(database, "ALTER TABLE orders DISABLE TRIGGER \"~sealway_guard\"");
            }
        });
        assertThatThrownBy(() -> life.sealway().contract(Selection.ALL, Life.terms(phrase)))
                .hasMessageContaining("the guard of public.orders");
        life.whenTold(step -> {});
        assertThat(life.phrase()).isNotEqualTo(phrase);
        assertThatThrownBy(() -> life.sealway().contract(Selection.ALL, "drop everything"))
                .hasMessageContaining(life.phrase());
        run(database, "ALTER TABLE orders ENABLE ALWAYS TRIGGER \"~sealway_guard\"");
        var report = life.sealway().contract(Selection.ALL, Life.terms(phrase));
        assertThat(report.tables()).hasSize(1);
        assertThat(life.sealway().contract(Selection.ALL, Life.terms(phrase)).tables())
                .isEmpty();
        life.sealway().expand(Selection.ALL);
        assertThat(database.value("SELECT count(*) FROM pg_trigger WHERE tgname = '~sealway_guard'"))
                .isEqualTo("0");
    }

    @Test
    void dropsSomeColumnsAndThenTheRest(TestDatabase database) throws SQLException {
        create(database, 50);
        Life life = Life.of(database, USERS).toVerified();
        Selection email = new Selection(Set.of(), Set.of("users.email"), OptionalInt.empty());
        String all = life.phrase();
        assertThatThrownBy(() -> life.sealway().contract(email, all))
                .hasMessageContaining("the phrase given is not the one for these columns");
        life.sealway()
                .contract(
                        email, Life.terms(life.sealway().status(email).phrase().orElseThrow()));
        assertThatThrownBy(() -> life.sealway().contract(Selection.ALL, all)).hasMessageContaining("not the one");
        database.execute("UPDATE users SET name = 'later' WHERE id = 3");
        assertThat(database.value("SELECT name_encrypted IS NULL FROM users WHERE id = 3"))
                .isEqualTo("t");
        life.contract();
        assertThat(database.value("SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute"
                        + " WHERE attrelid = 'users'::regclass AND attnum > 0 AND NOT attisdropped"))
                .isEqualTo("id,active,email_encrypted,email_search,name_encrypted");
        assertThat(database.value("SELECT count(*) FROM pg_trigger WHERE tgrelid = 'users'::regclass"))
                .isEqualTo("0");
    }

    private static void run(TestDatabase database, String sql) {
        try {
            database.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String value(TestDatabase database, String sql) {
        try {
            return String.valueOf(database.value(sql));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
