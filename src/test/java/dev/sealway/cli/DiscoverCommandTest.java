package dev.sealway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.json.Json;
import dev.sealway.planfile.PlanReader;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From a database without a plan to verified columns, as typed. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class DiscoverCommandTest {

    @TempDir
    private Path directory;

    private TestDatabase database;
    private Path plan;

    @BeforeEach
    void fillTables(TestDatabase fresh) throws Exception {
        database = fresh;
        plan = directory.resolve("db/sealway.yaml");
        database.execute(
                """
                CREATE TABLE users (
                  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL UNIQUE, phone text, "firstName" text,
                  password_hash text, sex text, nick text, profile jsonb, created_at timestamptz DEFAULT now(),
                  email_domain text GENERATED ALWAYS AS (split_part(email, '@', 2)) STORED)""",
                """
                INSERT INTO users (email, phone, "firstName", password_hash, sex, profile)
                SELECT 'CANARY' || i || '@example.org', '+4930' || 10000000 + i, (ARRAY['Ada','Bruno','Chiara'])[1 + i % 3],
                       '$2a$10$CANARYCANARYCANARYCANARYCANARYCANARYCANARYCANARY' || 100 + i, (ARRAY['f','m'])[1 + i % 2],
                       jsonb_build_object('ssn', '536-22-' || 1000 + i, 'theme', 'dark')
                  FROM generate_series(1, 1200) i""",
                "CREATE INDEX users_phone ON users (phone)",
                "CREATE VIEW user_list AS SELECT id, email FROM users",
                "CREATE TABLE contacts (email text PRIMARY KEY, \"odd.\"\"key\n\" text)",
                "INSERT INTO contacts VALUES ('CANARY@example.org', 'CANARY2@example.org'), ('CANARY3@example.org', 'CANARY4@example.org'), ('CANARY5@example.org', 'CANARY6@example.org')",
                "CREATE TABLE products (id bigint PRIMARY KEY, name text, created_at timestamptz)");
    }

    @Test
    void proposesAPlanThatRuns() throws Exception {
        var told = ok("discover", "--url", database.jdbcUrl(), "--out", plan.toString());

        assertThat(told.out())
                .contains("+ email: e-mail address, 99 %", "100 % of 1,000 sampled values are e-mail addresses")
                .contains("search by email, unique: 1,200 different values in 1,200 rows, the most frequent in 1")
                .contains("breaks: ", "view public.user_list", "index users_phone")
                .contains("- password_hash: password hash", "it stays as it is")
                .contains("is part of the primary key")
                .contains("+ profile: national identity number", "key ssn: its name says national identity number")
                .contains("No statements were looked at: pg_stat_statements is not installed")
                .doesNotContain("CANARY", "products", "536-22");
        var text = Files.readString(plan);
        assertThat(text)
                .contains("email: { search: { normalizer: email, unique: carry } }")
                .contains("phone: { search: { normalizer: e164 } }")
                .contains("\"firstName\": {}", "# password_hash: {}", "# dispositions:")
                .doesNotContain("CANARY");
        assertThat(PlanReader.read(plan).columnNames())
                .contains(
                        "public.users.email",
                        "public.users.firstName",
                        "public.users.profile",
                        "public.contacts.odd.\"key\n")
                .doesNotContain("public.contacts.email", "public.users.password_hash", "public.users.email_domain");
        Files.writeString(plan, text.replaceAll("(?m)^    # (dispositions:|  \")", "    $1"));
        for (var verb : List.of("plan", "expand", "backfill", "verify")) {
            assertThat(ok(verb, "--url", database.jdbcUrl(), "--plan", plan.toString())
                            .out())
                    .doesNotContain("contract will refuse");
        }
        assertThat(ok("discover", "--url", database.jdbcUrl()).out()).doesNotContain("+ email");
    }

    @Test
    void tellsMachinesTheSame() throws Exception {
        var report = (Map<?, ?>)
                Json.parse(ok("discover", "--url", database.jdbcUrl(), "--json").out());

        assertThat(report.get("looked_at").toString()).isEqualTo("3");
        assertThat(report.toString())
                .contains("kind=e-mail address", "carried=[constraint users_email_key]")
                .doesNotContain("CANARY");
    }

    @Test
    void overwritesNothing() throws Exception {
        Files.createDirectories(plan.getParent());
        Files.writeString(plan, "mine");

        var refused = Typed.of("discover", "--url", database.jdbcUrl(), "--out", plan.toString());

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("is there already, and nothing is overwritten");
        assertThat(Files.readString(plan)).isEqualTo("mine");
    }

    @Test
    void writesNothingWhereNothingIsSureEnough() throws Exception {
        database.execute("DROP TABLE users, contacts CASCADE");

        assertThat(ok("discover", "--url", database.jdbcUrl(), "--out", plan.toString())
                        .out())
                .contains("no plan was written");
        assertThat(plan).doesNotExist();
    }

    @Test
    void knowsItsLimits() {
        assertThat(Typed.of("discover", "--url", database.jdbcUrl(), "--schema", "pubic")
                        .err())
                .contains("the database has no schema 'pubic'; did you mean 'public'?");
        assertThat(Typed.of("discover", "--url", database.jdbcUrl(), "--sample", "0")
                        .code())
                .isEqualTo(2);
        assertThat(Typed.of("discover", "--url", database.jdbcUrl(), "--min-confidence", "100")
                        .code())
                .isEqualTo(2);
    }

    private static Typed ok(String... arguments) {
        var environment = Map.of("SEALWAY_KEYS", KEYS);
        var typed = Typed.with(environment, arguments);
        assertThat(typed.code()).as(typed.err() + typed.out()).isZero();
        return typed;
    }

    private static final String KEYS = Life.freshKeys();
}
