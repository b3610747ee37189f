package dev.sealway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.jdbc.Identifier;
import dev.sealway.plan.Binding;
import dev.sealway.plan.TableName;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class BackupsTest {

    private static final String OLD = "0b0e6a3c-0000-4000-8000-000000000001";
    private static final String NEW = "0b0e6a3c-0000-4000-8000-000000000002";
    private static final TableName USERS = new TableName("public", "users");
    private static final String SHA = "ab".repeat(32);

    private LedgerFixture ledger;

    @BeforeEach
    void installs(TestDatabase database) throws SQLException {
        ledger = new LedgerFixture(database);
    }

    @Test
    void givesTheNewestThatHoldsEveryColumn() {
        record(backup(OLD, 1, "email", "phone"));
        record(backup(NEW, 2, "email"));
        assertThat(newest("email")).hasValue(NEW);
        assertThat(newest("phone", "email")).hasValue(OLD);
        assertThat(newest("phone", "name")).isEmpty();
        assertThat(ledger.<Optional<RecordedBackup>>reading(tx ->
                        Backups.in(tx).newest(new TableName("public", "others"), List.of(Identifier.of("email")))))
                .isEmpty();
    }

    @Test
    void givesBackWhatWasRecorded() {
        RecordedBackup backup = backup(OLD, 1, "email", "phone");
        record(backup);
        assertThat(found()).isEqualTo(backup);
        RecordedBackup keyless = new RecordedBackup(
                NEW,
                backup.plan(),
                backup.table(),
                backup.columns(),
                backup.rows(),
                backup.file(),
                new RecordedBackup.Keys("remote kek", 4294967295L, OptionalLong.empty()),
                Instant.ofEpochSecond(2),
                Optional.empty());
        record(keyless);
        assertThat(found()).isEqualTo(keyless);
    }

    private RecordedBackup found() {
        return ledger.reading(tx ->
                Backups.in(tx).newest(USERS, List.of(Identifier.of("email"))).orElseThrow());
    }

    @Test
    void remembersThatItWasChecked() {
        record(backup(OLD, 1, "email"));
        assertThat(ledger.<Boolean>writing(tx -> Backups.in(tx).checked(OLD, "cd".repeat(32))))
                .isFalse();
        assertThat(found().checkedAt()).isEmpty();
        assertThat(ledger.<Boolean>writing(tx -> Backups.in(tx).checked(OLD, SHA)))
                .isTrue();
        assertThat(found().checkedAt()).isPresent();
        assertThat(ledger.<Boolean>writing(tx -> Backups.in(tx).checked(NEW, SHA)))
                .isFalse();
    }

    @Test
    void findsATableAgainUnderItsNewName(TestDatabase database) throws SQLException {
        RegisteredTable table = ledger.register(Binding.COLUMN, "email");
        record(backup(OLD, 1, "email"));
        database.execute("ALTER TABLE users RENAME TO people");
        ledger.write(tx -> Registry.in(tx).rebind(table, LedgerFixture.live(tx, "people")));
        assertThat(ledger.<Optional<String>>reading(tx -> Backups.in(tx)
                        .newest(new TableName("public", "people"), List.of(Identifier.of("email")))
                        .map(RecordedBackup::id)))
                .hasValue(OLD);
        assertThat(newest("email")).as("of a table that took over the name").isEmpty();
    }

    @Test
    void outlivesTheRegistrationOfItsTable() {
        RegisteredTable table = ledger.register(Binding.COLUMN, "email");
        record(backup(OLD, 1, "email"));
        ledger.write(tx -> table.columns().forEach(Registry.in(tx)::forget));
        assertThat(newest("email")).hasValue(OLD);
    }

    private void record(RecordedBackup backup) {
        ledger.write(tx -> Backups.in(tx).record(backup, Runs.in(tx).begin("backup", "alphapulse")));
    }

    private Optional<String> newest(String... columns) {
        return ledger.reading(tx -> Backups.in(tx)
                .newest(USERS, Arrays.stream(columns).map(Identifier::of).toList())
                .map(RecordedBackup::id));
    }

    private static RecordedBackup backup(String id, long second, String... columns) {
        return new RecordedBackup(
                id,
                "alphapulse",
                USERS,
                List.of(columns),
                7,
                new RecordedBackup.StoredFile("a.backup", 123, SHA),
                new RecordedBackup.Keys("backup/default", 17, OptionalLong.of(18)),
                Instant.ofEpochSecond(second),
                Optional.empty());
    }
}
