package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.batch.WalkListener;
import dev.sealway.config.Wiring;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.error.SealwayException;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.TokenKeys;
import dev.sealway.testing.Walks;
import dev.sealway.workflow.ColumnToken;
import dev.sealway.workflow.SealedField;
import dev.sealway.workflow.TokensReport;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The way of search tokens to another key, before and after the plaintext is dropped. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class TokenRotationTest {

    private static final int ROWS = 300;
    private static final String TABLES = """
            tables:
              public.users:
                columns:
                  email: { search: { normalizer: email, unique: carry, accept-leakage: "few rows" } }
            """;
    private static final String PHRASE = "drop token column public.users.email_search";

    private static Life life(TestDatabase database, String... ddl) throws SQLException {
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, tenant int, email text, active boolean DEFAULT true)",
                "INSERT INTO users SELECT g, g %% 3, 'a' || g || '@b.c' FROM generate_series(1, %d) g".formatted(ROWS));
        database.execute(ddl);
        return Life.of(database, TABLES).batchesOf(50);
    }

    private static Life rekeyed(Life life) {
        return life.rekey(TokenKeys.withOneMore(life.environment().get("SEALWAY_KEYS")));
    }

    private static TokensReport start(Life life) {
        return life.sealway().tokens().start(Selection.ALL, OptionalLong.empty());
    }

    private static void goAround(Life life, String phrase) {
        start(life);
        life.sealway().tokens().abandon(Selection.ALL);
        killedInTheMiddle(life);
        TokensReport.Column filled = start(life).columns().get(0);
        assertThat(filled.state()).isEqualTo("filling");
        assertThat(filled.missing()).isZero();
        life.sealway().tokens().switchOver(Selection.ALL);
        assertThatThrownBy(() -> life.sealway().tokens().abandon(Selection.ALL))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("none of the selected columns has search tokens that are filling");
        assertThatThrownBy(() -> life.sealway().tokens().finish(Selection.ALL, "drop token column x"))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("confirm with exactly: " + phrase);
        life.sealway().tokens().finish(Selection.ALL, phrase);
    }

    private static void killedInTheMiddle(Life life) {
        AtomicInteger batches = new AtomicInteger();
        WalkListener dying = new WalkListener() {
            @Override
            public void sealed(int rows) {
                if (batches.incrementAndGet() == 3) {
                    throw new IllegalStateException("killed");
                }
            }
        };
        KeyBundle keys = Walks.keys(life);
        assertThatThrownBy(() -> Wiring.wire(
                                Life.plan(TABLES),
                                () -> keys,
                                life.database().dataSource(),
                                Wiring.settings(Progress.NONE, 50).withListener(dying))
                        .tokens()
                        .start(Selection.ALL, OptionalLong.empty()))
                .hasMessage("killed");
    }

    private static List<String> definitions(TestDatabase database) throws SQLException {
        return database
                .rows("SELECT pg_get_indexdef(indexrelid) || coalesce(' ' || (SELECT pg_get_constraintdef(c.oid)"
                        + " FROM pg_constraint c WHERE conindid = indexrelid), '') FROM pg_index"
                        + " WHERE indrelid = 'users'::regclass AND NOT indisprimary AND indisvalid"
                        + " AND pg_get_indexdef(indexrelid) LIKE '%search%' ORDER BY 1")
                .stream()
                .map(row -> String.valueOf(row.get(0))
                        .replaceFirst("CREATE (UNIQUE )?INDEX (.*) ON .* USING btree", "$1$2"))
                .toList();
    }

    private static String columns(TestDatabase database) throws SQLException {
        return database.value(
                "SELECT string_agg(attname, ',' ORDER BY attname) FROM pg_attribute"
                        + " WHERE attrelid = 'users'::regclass AND attnum > 0 AND NOT attisdropped AND attname LIKE '%search%'");
    }

    private static String triggers(TestDatabase database) throws SQLException {
        return database.value("SELECT coalesce(string_agg(tgname, ',' ORDER BY tgname), '') FROM pg_trigger"
                + " WHERE tgrelid = 'users'::regclass AND NOT tgisinternal");
    }

    private static String withToken(TestDatabase database, ColumnToken token) throws SQLException {
        try (var connection = database.connect();
                var select = connection.prepareStatement(
                        "SELECT coalesce(string_agg(id::text, ','), '') FROM users WHERE \"%s\" = ?"
                                .formatted(token.column()))) {
            select.setBytes(1, token.token());
            try (var rows = select.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    @Test
    void goesAroundWhileThePlaintextIsThere(TestDatabase database) throws SQLException {
        Life life = rekeyed(life(
                        database,
                        "ALTER TABLE users ADD CONSTRAINT a UNIQUE (tenant, email)",
                        "CREATE UNIQUE INDEX c ON users (email, tenant) WHERE active")
                .toVerified());
        List<String> before = definitions(database);
        goAround(life, PHRASE);
        assertThat(columns(database)).isEqualTo("email_search_k2");
        assertThat(definitions(database))
                .isEqualTo(before.stream()
                        .map(d -> d.replace("email_search", "email_search_k2"))
                        .toList());
        assertThat(triggers(database))
                .isEqualTo("~sealway_guard,~sealway_legacy_insert,~sealway_legacy_update,~sealway_recheck");
        assertThat(life.sealway().backfill(Selection.ALL).passed()).isTrue();
        assertThat(definitions(database)).hasSameSizeAs(before);
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
        assertThat(life.phrase()).isNotEmpty();
        life.toContracted();
        assertThat(definitions(database))
                .containsExactly(
                        "UNIQUE a_sealed (tenant, email_search_k2) UNIQUE (tenant, email_search_k2)",
                        "UNIQUE c_sealed (email_search_k2, tenant) WHERE active");
    }

    @Test
    void goesAroundAfterThePlaintextIsGone(TestDatabase database) throws SQLException {
        Life life = rekeyed(life(
                        database,
                        "ALTER TABLE users ADD CONSTRAINT a UNIQUE (tenant, email) DEFERRABLE INITIALLY DEFERRED",
                        "ALTER TABLE users ADD CONSTRAINT b UNIQUE (email) INCLUDE (active)",
                        "CREATE UNIQUE INDEX d ON users (email) WHERE email IS NOT NULL")
                .toContracted());
        List<String> before = definitions(database);
        goAround(life, PHRASE);
        assertThat(columns(database)).isEqualTo("email_search_k2");
        assertThat(definitions(database))
                .isEqualTo(before.stream()
                        .map(d -> d.replace("email_search", "email_search_k2"))
                        .toList());
        assertThat(triggers(database)).isEmpty();
        rekeyed(life);
        goAround(life, PHRASE + "_k2");
        assertThat(columns(database)).isEqualTo("email_search_k3");
        assertThat(database.value("SELECT string_agg(generation || ' ' || state, ', ' ORDER BY id)"
                        + " FROM sealway.token_rotation"))
                .isEqualTo("2 abandoned, 2 finished, 3 abandoned, 3 finished");
        assertThat(withToken(
                        database,
                        life.sealway()
                                .column("users.email")
                                .searchTokens("A7@B.C")
                                .get(0)))
                .isEqualTo("7");
    }

    @Test
    void keepsNullsNotDistinct(TestDatabase database) throws SQLException {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Integer.parseInt(database.value("SHOW server_version_num")) >= 150000);
        Life life = rekeyed(life(
                        database,
                        "ALTER TABLE users ADD CONSTRAINT a UNIQUE NULLS NOT DISTINCT (email)",
                        "INSERT INTO users (id) VALUES (9999)")
                .toContracted());
        start(life);
        var email = life.sealway().column("users.email");
        insert(database, 5001, email, "old1@b.c", email.searchTokens("old1@b.c").subList(1, 2));
        insert(database, 5002, email, "old2@b.c", email.searchTokens("old2@b.c").subList(1, 2));
        life.sealway().tokens().switchOver(Selection.ALL);
        life.sealway().tokens().finish(Selection.ALL, PHRASE);
        assertThat(definitions(database))
                .containsExactly(
                        "UNIQUE a_sealed (email_search_k2) NULLS NOT DISTINCT UNIQUE NULLS NOT DISTINCT (email_search_k2)");
        assertThatThrownBy(() -> database.execute("INSERT INTO users (id) VALUES (9998)"))
                .hasMessageContaining("a_sealed");
    }

    private static void insert(TestDatabase database, int id, SealedField field, String value, List<ColumnToken> tokens)
            throws SQLException {
        write(
                database,
                "INSERT INTO users (email_encrypted, %s, id) VALUES (?, %s, ?)"
                        .formatted(
                                String.join(
                                        ", ",
                                        tokens.stream().map(ColumnToken::column).toList()),
                                String.join(", ", tokens.stream().map(t -> "?").toList())),
                id,
                field.seal(value),
                tokens);
    }

    private static void update(TestDatabase database, int id, SealedField field, String value, List<ColumnToken> tokens)
            throws SQLException {
        write(
                database,
                "UPDATE users SET email_encrypted = ?, %s WHERE id = ?"
                        .formatted(String.join(
                                ", ",
                                tokens.stream().map(t -> t.column() + " = ?").toList())),
                id,
                field.seal(value),
                tokens);
    }

    private static void write(TestDatabase database, String sql, int id, byte[] ciphertext, List<ColumnToken> tokens)
            throws SQLException {
        try (var connection = database.connect();
                var statement = connection.prepareStatement(sql)) {
            int at = 1;
            statement.setBytes(at++, ciphertext);
            for (ColumnToken token : tokens) {
                statement.setBytes(at++, token.token());
            }
            statement.setInt(at, id);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    private static String newToken(TestDatabase database, int id) throws SQLException {
        return database.value("SELECT email_search_k2 IS NOT NULL FROM users WHERE id = " + id);
    }

    @Test
    void nullsATokenThatTheValueLeftBehindAndNoOther(TestDatabase database) throws SQLException {
        Life life =
                rekeyed(life(database, "ALTER TABLE users ADD UNIQUE (email)").toContracted());
        SealedField old = life.sealway().column("users.email");
        start(life);
        SealedField both = life.sealway().column("users.email");
        assertThat(old.searchTokens("x")).extracting(ColumnToken::column).containsExactly("email_search");
        assertThat(both.searchTokens("x"))
                .extracting(ColumnToken::column)
                .containsExactly("email_search_k2", "email_search");

        update(database, 1, old, "new1@b.c", old.searchTokens("new1@b.c"));
        update(database, 2, old, "a2@b.c", old.searchTokens("a2@b.c"));
        update(database, 3, both, "new3@b.c", both.searchTokens("new3@b.c"));
        update(database, 4, both, "a4@b.c", both.searchTokens("a4@b.c"));
        insert(database, 1001, old, "new5@b.c", old.searchTokens("new5@b.c"));
        database.execute("UPDATE users SET email_encrypted = NULL, email_search = NULL WHERE id = 6");
        assertThat(newToken(database, 1)).isEqualTo("f");
        assertThat(newToken(database, 2)).isEqualTo("t");
        assertThat(newToken(database, 3)).isEqualTo("t");
        assertThat(newToken(database, 4)).isEqualTo("t");
        assertThat(newToken(database, 1001)).isEqualTo("f");
        assertThat(newToken(database, 6)).isEqualTo("f");
        insert(database, 1002, both, "a1@b.c", both.searchTokens("a1@b.c"));
        assertThatThrownBy(() -> insert(database, 1003, both, "NEW1@b.c", both.searchTokens("NEW1@b.c")))
                .hasMessageContaining("duplicate key");

        assertThat(life.sealway()
                        .tokens()
                        .status(Selection.ALL)
                        .columns()
                        .get(0)
                        .missing())
                .isEqualTo(2);
        savesAPendingValueOnceMore(database, old, both);
        life.sealway().tokens().switchOver(Selection.ALL);
        assertThat(life.sealway()
                        .tokens()
                        .status(Selection.ALL)
                        .columns()
                        .get(0)
                        .missing())
                .isZero();
        SealedField switched = life.sealway().column("users.email");
        for (String value : List.of("new1@b.c", "a2@b.c", "new3@b.c", "a4@b.c", "new5@b.c", "a1@b.c")) {
            assertThat(withToken(database, switched.searchTokens(value).get(0))).isNotEmpty();
            assertThat(switched.searchToken(value))
                    .isEqualTo(switched.searchTokens(value).get(0).token());
        }
        update(
                database,
                7,
                switched,
                "new7@b.c",
                switched.searchTokens("new7@b.c").subList(0, 1));
        assertThat(database.value("SELECT email_search IS NULL FROM users WHERE id = 7"))
                .isEqualTo("t");
        life.sealway().tokens().finish(Selection.ALL, PHRASE);
    }

    /** Row 1 has no new token here, and row 4 loses it to a program that saves what it read before; T46 rests on the old. */
    private static void savesAPendingValueOnceMore(TestDatabase database, SealedField old, SealedField both)
            throws SQLException {
        update(database, 1, both, "new1@b.c", both.searchTokens("new1@b.c"));
        assertThat(newToken(database, 1)).isEqualTo("t");
        assertThat(database.value("SELECT email_search IS NOT NULL FROM users WHERE id = 1"))
                .isEqualTo("t");
        write(
                database,
                "UPDATE users SET email_encrypted = ?, email_search = ?, email_search_k2 = NULL WHERE id = ?",
                4,
                both.seal("a4@b.c"),
                old.searchTokens("a4@b.c"));
        assertThatThrownBy(() -> insert(database, 1005, old, "a4@b.c", old.searchTokens("a4@b.c")))
                .hasMessageContaining("duplicate key");
        assertThatThrownBy(() -> insert(database, 1004, old, "new1@b.c", old.searchTokens("new1@b.c")))
                .hasMessageContaining("duplicate key");
    }

    @Test
    void catchesUpWithEveryKindOfWriterWhileThePlaintextIsThere(TestDatabase database) throws SQLException {
        Life life =
                rekeyed(life(database, "ALTER TABLE users ADD UNIQUE (email)").toVerified());
        start(life);
        SealedField both = life.sealway().column("users.email");
        database.execute(
                "UPDATE users SET email = 'changed' || id WHERE id < 10",
                "INSERT INTO users (id, email) VALUES (1001, 'fresh@b.c')");
        assertThat(database.value("SELECT count(email_search_k2) FROM users WHERE id < 10"))
                .isEqualTo("0");
        assertThat(life.sealway().backfill(Selection.ALL).passed()).isTrue();
        assertThat(withToken(database, both.searchTokens("FRESH@b.c").get(0))).isEqualTo("1001");
        assertThat(withToken(database, both.searchTokens("changed4").get(0))).isEqualTo("4");
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
        assertThatThrownBy(() -> life.contract())
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("moving to another key");
        life.sealway().tokens().switchOver(Selection.ALL);
        assertThat(database.value("SELECT phase FROM sealway.sealed_column")).isEqualTo("backfilled");
        database.execute("UPDATE users SET email = 'again' || id WHERE id < 10");
        assertThat(life.sealway().backfill(Selection.ALL).passed()).isTrue();
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
        life.sealway().rollback(Selection.ALL);
        assertThat(columns(database)).isNull();
        assertThat(triggers(database)).isEmpty();
        life.toContracted();
    }

    @Test
    void refusesToSwitchOrFinishWhileRowsLackTheNewToken(TestDatabase database) throws SQLException {
        Life life =
                rekeyed(life(database, "ALTER TABLE users ADD UNIQUE (email)").toContracted());
        start(life);
        SealedField both = life.sealway().column("users.email");
        byte[] broken = both.seal("x@b.c");
        broken[broken.length - 1] ^= 1;
        write(
                database,
                "UPDATE users SET email_encrypted = ?, email_search = ? WHERE id = ?",
                8,
                broken,
                both.searchTokens("x@b.c").subList(1, 2));
        assertThat(start(life).failures()).hasSize(1).first().asString().contains("row (8)");
        assertThatThrownBy(() -> life.sealway().tokens().switchOver(Selection.ALL))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("1 rows of public.users");
        database.execute("DELETE FROM users WHERE id = 8");
        life.sealway().tokens().switchOver(Selection.ALL);
        write(
                database,
                "UPDATE users SET email_encrypted = ?, email_search = ? WHERE id = ?",
                9,
                broken,
                both.searchTokens("y@b.c").subList(1, 2));
        assertThatThrownBy(() -> life.sealway().tokens().finish(Selection.ALL, PHRASE))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("1 rows of public.users");
        database.execute("DELETE FROM users WHERE id = 9", "CREATE INDEX mine ON users (email_search, tenant)");
        assertThatThrownBy(() -> life.sealway().tokens().finish(Selection.ALL, PHRASE))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("index mine");
        assertThat(columns(database)).isEqualTo("email_search,email_search_k2");
        database.execute("DROP INDEX mine");
        life.sealway().tokens().finish(Selection.ALL, PHRASE);
    }

    @Test
    void keepsTheKeyOfTokensWhenAnotherBecomesThePrimary(TestDatabase database) throws SQLException {
        Life life =
                rekeyed(life(database, "ALTER TABLE users ADD UNIQUE (email)").toVerified());
        String both = life.environment().get("SEALWAY_KEYS");
        byte[] before = life.sealway().column("users.email").searchToken("a@b.c");
        life.rekey(TokenKeys.promoted(both));
        assertThat(life.sealway().column("users.email").searchToken("a@b.c")).isEqualTo(before);
        database.execute("UPDATE users SET email = 'changed' || id WHERE id < 10");
        life.toVerified();
        life.rekey(TokenKeys.withoutOlder(both));
        String versions = database.value("SELECT string_agg(xmin::text, ',' ORDER BY id) FROM users");
        assertThatThrownBy(() -> life.sealway().backfill(Selection.ALL)).isInstanceOf(SealwayException.class);
        assertThat(database.value("SELECT string_agg(xmin::text, ',' ORDER BY id) FROM users"))
                .isEqualTo(versions);
    }

    @Test
    void takesTheNameOfAnAbandonedTokenAgainForTheSameKeyOnly(TestDatabase database) throws SQLException {
        Life life =
                rekeyed(life(database, "ALTER TABLE users ADD UNIQUE (email)").toContracted());
        start(life);
        life.sealway().tokens().abandon(Selection.ALL);
        start(life);
        assertThat(columns(database)).isEqualTo("email_search,email_search_k2");
        life.sealway().tokens().abandon(Selection.ALL);
        rekeyed(life);
        start(life);
        assertThat(columns(database)).isEqualTo("email_search,email_search_k3");
        life.sealway().tokens().switchOver(Selection.ALL);
        life.sealway().tokens().finish(Selection.ALL, PHRASE);
        rekeyed(life);
        start(life);
        assertThat(columns(database)).isEqualTo("email_search_k3,email_search_k4");
    }

    @Test
    void findsNothingToDoWithoutANewerKey(TestDatabase database) throws SQLException {
        Life life = life(database, "ALTER TABLE users ADD UNIQUE (email)").toVerified();
        assertThatThrownBy(() -> start(life))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("sealway keys add --keyset token/default");
        rekeyed(life);
        assertThatThrownBy(() -> life.sealway().tokens().start(Selection.ALL, OptionalLong.of(1)))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("keyset token/default of key bundle test has no key 1");
        assertThat(columns(database)).isEqualTo("email_search");
    }

    @Test
    void showsBothTokensInTheViewAndTheOldNameInTheEnd(TestDatabase database) throws SQLException {
        Life life =
                rekeyed(life(database, "ALTER TABLE users ADD UNIQUE (email)").toContracted());
        life.sealway().views(Selection.ALL);
        start(life);
        assertThat(view(database)).isEqualTo("id,tenant,active,email,email_search,email_search_k2");
        life.sealway().tokens().abandon(Selection.ALL);
        assertThat(view(database)).isEqualTo("id,tenant,active,email,email_search");
        start(life);
        life.sealway().tokens().switchOver(Selection.ALL);
        assertThat(view(database)).isEqualTo("id,tenant,active,email,email_search,email_search_k2");
        life.sealway().tokens().finish(Selection.ALL, PHRASE);
        assertThat(view(database)).isEqualTo("id,tenant,active,email,email_search_k2,email_search");
        assertThat(database.value("SELECT bool_and(email_search = email_search_k2) FROM users_sealed"))
                .isEqualTo("t");
    }

    private static String view(TestDatabase database) throws SQLException {
        return database.value("SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute"
                + " WHERE attrelid = 'users_sealed'::regclass AND attnum > 0 AND NOT attisdropped");
    }
}
