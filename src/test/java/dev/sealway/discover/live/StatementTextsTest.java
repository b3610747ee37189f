package dev.sealway.discover.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.jdbc.Database;
import dev.sealway.testing.OwnServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The texts that a server really keeps. */
@Tag("slow")
class StatementTextsTest {

    @TempDir
    private Path directory;

    @Test
    void findsTheStatementsThatWouldBreak() throws Exception {
        try (var server = OwnServer.start(
                directory,
                Map.of("shared_preload_libraries", "pg_stat_statements", "pg_stat_statements.track_utility", "on"))) {
            server.database()
                    .execute(
                            "CREATE EXTENSION pg_stat_statements",
                            "CREATE TABLE users (id int, email text)",
                            "SELECT id FROM users WHERE email = 'CANARY'",
                            "SELECT id FROM users WHERE email = 'CANARY-2'",
                            "SELECT id INTO kept FROM users WHERE email LIKE 'CANARY%'",
                            "SELECT email FROM users WHERE id = 7");

            var texts = Database.of(server.database().dataSource())
                    .inTransaction(Bounds.USUAL.settings(), "looking", StatementTexts::in);

            assertThat(texts.unread()).isEmpty();
            var uses = texts.uses("users", "email");
            assertThat(uses).extracting(StatementUse::how).containsExactly("WHERE", "LIKE, WHERE");
            assertThat(uses.get(0).calls()).isEqualTo(2);
            assertThat(uses.get(0).text()).startsWith("SELECT id FROM users WHERE email = $");
            assertThat(uses.toString()).doesNotContain("CANARY");
        }
    }
}
