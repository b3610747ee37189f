package dev.sealway.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.cli.Typed;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class DemoTest {
    @Test
    @Tag("slow")
    void provesTheWholeLifeOnAGivenDatabase(TestDatabase database) throws Exception {
        var typed = Typed.of("demo", "--rows", "500", "--url", database.jdbcUrl());
        assertThat(typed.err().lines()).noneMatch(line -> line.startsWith("error"));
        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .contains(
                        "Total tables: 5\nTotal columns: 23\nSuccessful: 23\nFailed: 0\n",
                        "✓ Without a phrase the drop is refused",
                        "✓ With a wrong phrase the drop is refused",
                        "✓ information_schema knows none of the 23 plaintext columns any more",
                        "the checksums are equal",
                        "Dropping is not erasing",
                        "✓ Every chunk has the keyed sum that verify took before the drop",
                        "✓ Tables and statistics are rewritten",
                        "✓ The audit trail is whole, and every entry of it is signed",
                        "✓ The plaintext columns are there again",
                        "Every proof held")
                .doesNotContain("does not hold");
        assertThat(database.value("SELECT count(*) FROM users WHERE email IS NOT NULL"))
                .isNotEqualTo("0");
    }

    @Test
    void leavesTablesAloneThatAreThereAlready(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE users (id int)");
        var typed = Typed.of("demo", "--rows", "20", "--url", database.jdbcUrl());
        assertThat(typed.code()).isEqualTo(3);
        assertThat(typed.err()).contains("leaves them alone");
        assertThat(database.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
                .containsExactly(List.of("users"));
    }

    @Test
    void makesTheSameRowsInEveryRun() {
        for (var table : SampleTable.all()) {
            for (long user = 1; user <= 200; user++) {
                var once = table.rowsOfUser().apply(user);
                var again = table.rowsOfUser().apply(user);
                assertThat(once.stream().map(Arrays::toString))
                        .isEqualTo(again.stream().map(Arrays::toString).toList());
            }
        }
    }

    @Test
    void makesAwkwardValues() {
        var values = new HashSet<String>();
        for (var table : SampleTable.all()) {
            for (long user = 1; user <= 2000; user++) {
                table.rowsOfUser().apply(user).forEach(row -> values.addAll(Arrays.asList(row)));
            }
        }
        assertThat(values)
                .contains(null, "", "🦊", "Jose\u0301", "O'Neil", "-0.00000001", "infinity", "\\x", "{NULL,::1}");
        assertThat(values).containsAll(Canaries.all());
        assertThat(values.stream().filter(Objects::nonNull)).anyMatch(v -> v.length() > 20_000);
    }
}
