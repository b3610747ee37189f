package dev.sealway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.plan.Binding;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class RecheckTest {

    @Test
    void givesTheOldestRowsUntilTheyAreRemoved(TestDatabase test) throws SQLException {
        LedgerFixture ledger = new LedgerFixture(test);
        RegisteredTable table = ledger.register(Binding.COLUMN, "email");
        test.execute("""
                INSERT INTO sealway.recheck (table_id, row_key)
                VALUES (%1$d, '{1}'), (%1$d, '{2}'), (%1$d, '{3}'), (999, '{1}')""".formatted(table.id()));
        ledger.write(tx -> {
            Recheck recheck = Recheck.in(tx);
            List<RecheckEntry> oldest = recheck.take(table, 2);
            assertThat(oldest).extracting(RecheckEntry::rowKey).containsExactly(List.of("1"), List.of("2"));
            assertThat(recheck.count(table)).isEqualTo(3);
            recheck.remove(oldest.stream().map(RecheckEntry::id).toList());
            assertThat(recheck.take(table, 2)).hasSize(1);
            recheck.clear(table);
            assertThat(recheck.count(table)).isZero();
        });
        assertThat(test.value("SELECT count(*) FROM sealway.recheck")).isEqualTo("1");
    }
}
