package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.vault.Administrator;
import dev.sealway.testing.vault.FakeVault;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** There and back on every kind of table: from the cut over, from the drop, and from the drop after a cut over. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class CircleTest {

    private static final String COLUMNS = """
                columns:
                  email: { search: { normalizer: exact, unique: carry, accept-leakage: "few rows" } }
                  name: {}
            """;

    private static final String DEFINITIONS = """
            SELECT c.relname, a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid))
              FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
              LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
             WHERE c.relname ~ '^users' AND c.relkind IN ('r', 'p')
            UNION ALL SELECT c.relname, 'constraint', pg_get_constraintdef(o.oid)
              FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid WHERE c.relname ~ '^users'
            UNION ALL SELECT c.relname, 'index', concat_ws(' ', pg_get_indexdef(c.oid), i.indisvalid)
              FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid WHERE c.relname ~ '^users' AND c.relkind IN ('i', 'I')
            UNION ALL SELECT c.relname, 'trigger', t.tgname
              FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relname ~ '^users' AND NOT tgisinternal
             ORDER BY 1, 2, 3""";

    enum Kind {
        PLAIN("", "users (id int PRIMARY KEY, region text, email text UNIQUE, name text NOT NULL DEFAULT 'x')"),
        BOUND(
                "    bind: row\n",
                "users (id int, region text, email text NOT NULL UNIQUE, name text, PRIMARY KEY (region, id))"),
        PARTITIONED(
                "",
                "users (id int, region text, email text NOT NULL, name text NOT NULL DEFAULT 'x', PRIMARY KEY (region, id),"
                        + " UNIQUE (region, email)) PARTITION BY LIST (region)",
                "CREATE TABLE users_eu PARTITION OF users FOR VALUES IN ('eu') PARTITION BY HASH (region)",
                "CREATE TABLE users_eu_1 PARTITION OF users_eu FOR VALUES WITH (MODULUS 1, REMAINDER 0)",
                "CREATE TABLE users_us PARTITION OF users FOR VALUES IN ('us')"),
        NULLS_NOT_DISTINCT(
                "",
                "users (id int PRIMARY KEY, region text, email text, name text, UNIQUE NULLS NOT DISTINCT (region, email))"),
        PARTITIONED_NULLS_NOT_DISTINCT(
                "",
                "users (id int, region text, email text, name text, PRIMARY KEY (region, id)) PARTITION BY LIST (region)",
                "CREATE TABLE users_eu PARTITION OF users FOR VALUES IN ('eu')",
                "CREATE TABLE users_us PARTITION OF users FOR VALUES IN ('us')",
                "CREATE UNIQUE INDEX users_once ON users (region, email) NULLS NOT DISTINCT"),
        SEALED_AFAR("", "users (id int PRIMARY KEY, region text, email text NOT NULL, name text)");

        private final String planned;
        private final List<String> statements;

        Kind(String planned, String table, String... further) {
            this.planned = planned;
            this.statements = List.of(
                    "CREATE TABLE " + table,
                    String.join(";", further),
                    "INSERT INTO users SELECT g, CASE g % 2 WHEN 0 THEN 'eu' ELSE 'us' END, 'a' || g,"
                            + " 'n' || g % 7 FROM generate_series(1, 90) g");
        }
    }

    private static Life life(TestDatabase database, FakeVault vault, Kind kind) throws SQLException {
        assumeTrue(!kind.name().endsWith("NULLS_NOT_DISTINCT")
                || Integer.parseInt(database.value("SHOW server_version_num")) >= 150_000);
        database.execute(kind.statements.toArray(String[]::new));
        if (kind == Kind.SEALED_AFAR) {
            new Administrator(vault).post("transit/keys/people", Map.of());
            return Life.onVault(database, vault, "tables:\n  public.users:\n    columns: { email: {}, name: {} }\n");
        }
        return Life.of(database, "tables:\n  public.users:\n" + kind.planned + COLUMNS);
    }

    private static String values(TestDatabase database) throws SQLException {
        return database.rows("SELECT id, region, email, name FROM users ORDER BY id")
                .toString();
    }

    private static String definitions(TestDatabase database) throws SQLException {
        return String.join(
                "\n", database.rows(DEFINITIONS).stream().map(Object::toString).toList());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @DisplayName(
            "T72 values and definitions come back from the cut over, from the drop, and from the drop after a cut over")
    void comesBackFromEverywhere(Kind kind, TestDatabase database) throws SQLException {
        try (FakeVault vault = FakeVault.start()) {
            Life life = life(database, vault, kind);
            String values = values(database);
            String definitions = definitions(database);
            for (boolean cutOver : List.of(true, false)) {
                for (boolean drop : List.of(false, true)) {
                    life.toVerified();
                    if (cutOver) {
                        life.sealway().cutOver(Selection.ALL, Duration.ZERO);
                    }
                    if (drop) {
                        life.rehearse().contract();
                    }
                    life.sealway().rollback(Selection.ALL);
                    assertThat(values(database))
                            .as("cut over %s, dropped %s", cutOver, drop)
                            .isEqualTo(values);
                    assertThat(definitions(database))
                            .as("cut over %s, dropped %s", cutOver, drop)
                            .isEqualTo(definitions);
                }
            }
        }
    }
}
