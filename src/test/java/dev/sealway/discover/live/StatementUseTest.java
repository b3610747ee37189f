package dev.sealway.discover.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementUseTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM users WHERE email = $1 | WHERE",
                "select u.id from users u where lower(u.email) like concat($1, $2) | LIKE, WHERE",
                "SELECT id FROM \"users\" ORDER BY \"email\" LIMIT $1 | ORDER BY",
                "SELECT email, count(*) FROM public.users GROUP BY email | GROUP BY",
                "SELECT $1 FROM users u JOIN leads l ON l.email = u.email | JOIN",
                "UPDATE users SET phone = $1 WHERE EMAIL ~* $2 | LIKE, WHERE",
                "WITH x AS (SELECT id FROM users WHERE email IS NULL) DELETE FROM users USING x WHERE users.id = x.id | WHERE",
            })
    void tellsWhereAColumnStands(String query, String how) {
        assertThat(use(query).map(StatementUse::how)).contains(how);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT email FROM users WHERE id = $1",
                "INSERT INTO users (email) VALUES ($1)",
                "UPDATE users SET email = $1 WHERE id = $2",
                "SELECT * FROM leads WHERE email = $1",
                "SELECT * FROM users WHERE email_domain = $1",
                "SELECT id FROM users WHERE note = 'email'",
                "SELECT id FROM users /* WHERE email = 1 */",
                "EXPLAIN SELECT * FROM users WHERE email = 'CANARY'",
                "COPY (SELECT * FROM users WHERE email = 'CANARY') TO STDOUT",
                "<insufficient privilege>",
                "",
            })
    void passesOverOtherStatements(String query) {
        assertThat(use(query)).isEmpty();
    }

    /** SELECT … INTO is a utility statement, in which the server leaves constants; comments stay everywhere. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * INTO kept FROM users WHERE email = 'CANARY'",
                "SELECT * INTO kept FROM users WHERE email = 'it''s CANARY'",
                "SELECT * INTO kept FROM users WHERE email = E'it\\'s CANARY'",
                "SELECT * INTO kept FROM users WHERE email = $q$CANARY$q$",
                "SELECT * INTO kept FROM users WHERE email = $$ it's CANARY $$",
                "/* for CANARY */ SELECT * FROM users WHERE email = $1 -- by CANARY",
                "SELECT * INTO kept FROM users WHERE phone > 4930123456 AND email = $1",
            })
    void showsNoConstantAndNoComment(String query) {
        assertThat(use(query).orElseThrow().text()).contains("users", "email").doesNotContain("CANARY", "4930");
    }

    @Test
    void copesWithTextsAsLongAsTheyGet() {
        assertThat(use("SELECT id FROM users WHERE email = '%s'".formatted("x''\\".repeat(5_000))))
                .isPresent();
        assertThat(use("SELECT id FROM users WHERE email = E'%s'".formatted("\\'".repeat(9_000))))
                .isPresent();
        assertThat(use("SELECT %s FROM users WHERE email = $1".formatted("\"a\"\"b\", ".repeat(2_000))))
                .isPresent();
        assertThat(use("SELECT '".repeat(2_000))).isEmpty();
    }

    @Test
    void cutsLongTextsOff() {
        var text = use("SELECT %s FROM users WHERE email = $1".formatted("\uD83D\uDE00".repeat(300)))
                .orElseThrow()
                .text();

        assertThat(text.length()).isLessThanOrEqualTo(162);
        assertThat(text).endsWith("…");
    }

    private static Optional<StatementUse> use(String query) {
        return StatementUse.of("7", 3, query, "users", "email");
    }
}
