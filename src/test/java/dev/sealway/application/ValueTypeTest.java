package dev.sealway.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.jdbc.TypeName;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL is asked what it makes of each value. */
@ExtendWith(PostgresExtension.class)
class ValueTypeTest {

    private static final Map<String, ValueType<?>> TYPES = Map.ofEntries(
            Map.entry("bigint", ValueType.INTEGER),
            Map.entry("smallint", ValueType.INTEGER),
            Map.entry("integer", ValueType.INTEGER),
            Map.entry("numeric", ValueType.NUMERIC),
            Map.entry("boolean", ValueType.BOOLEAN),
            Map.entry("date", ValueType.DATE),
            Map.entry("timestamp without time zone", ValueType.TIMESTAMP),
            Map.entry("timestamp with time zone", ValueType.TIMESTAMPTZ),
            Map.entry("uuid", ValueType.UUID),
            Map.entry("bytea", ValueType.BYTES),
            Map.entry("json", ValueType.JSON),
            Map.entry("jsonb", ValueType.JSON));

    private static <T> String text(ValueType<T> type, T value, String columnType) {
        return type.form().text(value, ColumnType.of(new TypeName(columnType)));
    }

    private static <T> String thereAndBack(ValueType<T> type, String text, String columnType) {
        return text(type, type.form().value(text), columnType);
    }

    @Test
    void bringsEveryLiteralBackThatJavaCanHold(TestDatabase database) throws Exception {
        database.execute("CREATE EXTENSION citext", "CREATE EXTENSION hstore");
        try (var literals = ValueTypeTest.class.getResourceAsStream("/dev/sealway/type-literals.sql")) {
            database.execute(new String(literals.readAllBytes(), UTF_8));
        }
        List<String> refused = new ArrayList<>();
        int held = 0;
        for (List<String> literal : database.rows("SELECT typ, val FROM lit")) {
            List<String> stored = stored(database, literal.get(0), literal.get(1));
            ValueType<?> type = TYPES.getOrDefault(
                    ColumnType.of(new TypeName(stored.get(0))).name(), ValueType.TEXT);
            try {
                assertThat(thereAndBack(type, stored.get(1), stored.get(0)))
                        .as(stored.toString())
                        .isEqualTo(stored.get(1));
                held++;
            } catch (IllegalArgumentException e) {
                refused.add("%s %s".formatted(literal.get(0), literal.get(1)));
            }
        }
        assertThat(refused)
                .containsExactlyInAnyOrder(
                        "numeric NaN",
                        "numeric Infinity",
                        "numeric -Infinity",
                        "date infinity",
                        "date -infinity",
                        "timestamp infinity",
                        "timestamptz infinity",
                        "jsonb {\"b\":1.00,\"a\":[null,\"\\u00e9\"],\"big\":1e400}");
        assertThat(held).isEqualTo(93 - 8);
    }

    private static List<String> stored(TestDatabase database, String type, String value) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("CREATE TEMP TABLE one (v %s)".formatted(type));
            statement.execute("INSERT INTO one VALUES ('%s')".formatted(value.replace("'", "''")));
            var row = statement.executeQuery("""
                    SELECT pg_catalog.format_type(atttypid, atttypmod), v::text
                      FROM one, pg_attribute WHERE attrelid = 'one'::regclass AND attname = 'v'""");
            row.next();
            return List.of(row.getString(1), row.getString(2));
        }
    }

    @Test
    void writesWhatPostgresqlWouldStore(TestDatabase database) throws SQLException {
        for (String number : List.of("1.005", "-1.005", "0", "-0.001", "99999999.994", "1E+3", "12")) {
            assertThat(text(ValueType.NUMERIC, new BigDecimal(number), "numeric(10,2)"))
                    .isEqualTo(stored(database, "numeric(10,2)", number).get(1));
            assertThat(text(ValueType.NUMERIC, new BigDecimal(number), "numeric"))
                    .isEqualTo(stored(database, "numeric", number).get(1));
        }
        for (LocalDate day : List.of(LocalDate.of(0, 2, 29), LocalDate.of(-4712, 1, 1), LocalDate.of(33, 4, 3))) {
            String text = text(ValueType.DATE, day, "date");
            assertThat(stored(database, "date", text).get(1)).isEqualTo(text);
        }
        for (String precision : List.of("0", "3", "6")) {
            String type = "timestamp(%s) without time zone".formatted(precision);
            for (String moment : List.of("2024-12-31T23:59:59.999500", "1999-01-01T00:00:00.500001")) {
                assertThat(text(ValueType.TIMESTAMP, LocalDateTime.parse(moment), type))
                        .isEqualTo(stored(database, type, moment).get(1));
            }
        }
        OffsetDateTime zoned = OffsetDateTime.parse("2024-03-31T02:30:00.1234567+05:45");
        assertThat(text(ValueType.TIMESTAMPTZ, zoned, "timestamp with time zone"))
                .isEqualTo("2024-03-30 20:45:00.123457+00");
        for (String word : List.of("ab", "", "a b  ")) {
            assertThat(text(ValueType.TEXT, word, "character(5)"))
                    .isEqualTo(stored(database, "char(5)", word).get(1));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"b\":1.00, \"a\":[null,\"\\u00e9\",true],\"big\":1e400, \"aa\":{}, \"\\u00e9\":[]}",
                "\"\\u0001 \\n\\t\\b\\f\\r \\\" \\\\ \\/ \\ud83d\\ude00\\u007f\"",
                " [ 1e2 , -0, 0.10, -1.5E-3, {\"z\": [ ] , \"y\": { \"x\" : \"\" } } ] ",
                "null"
            })
    void writesJsonAsJsonbDoes(String json, TestDatabase database) throws SQLException {
        assertThat(text(ValueType.JSON, json, "jsonb"))
                .isEqualTo(stored(database, "jsonb", json).get(1));
        assertThat(text(ValueType.JSON, json, "json")).isEqualTo(json);
    }

    @Test
    void refusesWhatTheColumnWouldRefuseWithoutQuotingIt() {
        assertThatThrownBy(() -> text(ValueType.NUMERIC, new BigDecimal("98765432.1"), "numeric(9,2)"))
                .hasMessageContaining("more digits")
                .hasMessageNotContaining("98765432");
        assertThatThrownBy(() -> text(ValueType.INTEGER, 32_768L, "smallint")).hasMessageContaining("range");
        assertThatThrownBy(() -> text(ValueType.INTEGER, -2_147_483_649L, "integer"))
                .hasMessageContaining("range");
        assertThatThrownBy(() -> text(ValueType.TEXT, "secret", "character varying(5)"))
                .hasMessage("a text is longer than the column holds");
        assertThatThrownBy(() -> text(ValueType.DATE, LocalDate.of(5_874_898, 1, 1), "date"))
                .hasMessageContaining("range");
        assertThatThrownBy(() -> text(ValueType.JSON, "{\"secret\"", "jsonb"))
                .hasMessageContaining("not JSON")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> ValueType.UUID.form().value("secret")).hasMessage("a text is no UUID");
        assertThatThrownBy(() -> ValueType.BYTES.form().value("\\x12secret"))
                .hasMessage("a text does not have the form of bytes");
        assertThatThrownBy(() -> text(ValueType.NUMERIC, new BigDecimal("1E+1000000000"), "numeric(9,2)"))
                .hasMessageContaining("more digits");
        assertThatThrownBy(() -> text(ValueType.TIMESTAMPTZ, OffsetDateTime.MAX, "timestamp with time zone"))
                .hasMessage("a day is out of PostgreSQL's range");
        assertThatThrownBy(() -> text(ValueType.TIMESTAMP, LocalDateTime.MAX, "timestamp without time zone"))
                .hasMessage("a day is out of PostgreSQL's range");
        assertThatThrownBy(() -> ValueType.INTEGER.form().value("secret"))
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }
}
