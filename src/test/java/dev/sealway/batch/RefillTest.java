package dev.sealway.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.config.Wiring;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.Registry;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.Walks;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Writes back into the plaintext what only the ciphertext holds. */
@ExtendWith(PostgresExtension.class)
class RefillTest {

    private static final String TABLES = """
            tables:
              public.people:
                columns: { name: {}, born: {}, income: {}, photo: {}, letter: {} }
            """;

    private static final String AS_IT_WAS =
            "SELECT count(*) FROM people p JOIN before b USING (id) WHERE record_image_eq(ROW(p.name, p.born, p.income,"
                    + " p.photo, p.letter), ROW(b.name, b.born, b.income, b.photo, b.letter))";

    private static Life life(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE people (id int PRIMARY KEY, name varchar(12) UNIQUE, born date, income numeric(12,2), photo bytea,"
                        + " letter char(4), note text)",
                "INSERT INTO people SELECT g, 'n' || g, DATE '1960-01-01' + g, g * 1.10, decode(lpad(to_hex(g), 4, '0'), 'hex'),"
                        + " 'l' || g % 7 FROM generate_series(1, 300) g",
                "CREATE TABLE before AS SELECT * FROM people");
        return Life.of(database, TABLES).toVerified();
    }

    /** As if applications had written every second row without its plaintext. */
    private static WalkedTable cutOver(Life life) throws SQLException {
        WalkedTable table = Walks.table(life, "people");
        Database.of(life.database().dataSource()).inTransaction(TransactionSettings.writing(), "a test", tx -> {
            Registry registry = Registry.in(tx);
            table.columns().forEach(c -> registry.moveTo(c.registered(), ColumnPhase.CUT_OVER, 1));
            WalkedTable now = table;
            now.guard()
                    .install(
                            tx,
                            WalkedTable.guarded(
                                    registry.table(table.registered().id()).orElseThrow()),
                            table.rowKey().names());
            return null;
        });
        life.database()
                .execute(
                        "SET sealway.mode = 'scrub'; UPDATE people SET (name, born, income, photo, letter) = ROW (NULL, NULL, NULL, NULL, NULL)"
                                + " WHERE id % 2 = 0");
        return Walks.table(life, "people");
    }

    private static CatchUp.Result refill(Life life, WalkedTable table) {
        return new CatchUp(
                        Database.of(life.database().dataSource()),
                        TableTask.refilling(table, "rollback"),
                        Wiring.settings(Progress.NONE, 40))
                .run();
    }

    @Test
    void bringsBackEveryTypeByteForByteAndLeavesTheCiphertexts(TestDatabase database) throws SQLException {
        Life life = life(database);
        WalkedTable table = cutOver(life);
        assertThat(database.value(AS_IT_WAS)).isEqualTo("150");
        CatchUp.Result result = refill(life, table);
        assertThat(result).isEqualTo(new CatchUp.Result(150, 0, List.of()));
        assertThat(database.value(AS_IT_WAS)).isEqualTo("300");
        assertThat(database.value("SELECT count(*) FROM people WHERE name_encrypted IS NULL"))
                .isEqualTo("0");
    }

    @Test
    void takesABatchBackInWhichATriggerChangesAValue(TestDatabase database) throws SQLException {
        Life life = life(database);
        WalkedTable table = cutOver(life);
        database.execute(
                "CREATE FUNCTION upper_name() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.name := upper(NEW.name); RETURN NEW; END'",
                "CREATE TRIGGER normalise BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION upper_name()");
        assertThatThrownBy(() -> refill(life, table)).hasMessageContaining("changes what is written over a value");
        assertThat(database.value("SELECT count(*) FROM people WHERE name_encrypted IS NULL OR name ~ '^N'"))
                .isEqualTo("0");
    }

    @Test
    void namesTheRowWhoseValueTheColumnDoesNotTakeAndWritesTheOthers(TestDatabase database) throws SQLException {
        Life life = life(database);
        WalkedTable table = cutOver(life);
        byte[] twice = life.sealway().column("public.people.name").seal("n1");
        try (var connection = database.connect();
                var statement = connection.prepareStatement("UPDATE people SET name_encrypted = ? WHERE id = 2")) {
            statement.setBytes(1, twice);
            statement.executeUpdate();
        }
        CatchUp.Result result = refill(life, table);
        assertThat(result.written()).isEqualTo(149);
        assertThat(result.failures()).singleElement().satisfies(f -> assertThat(f.words())
                .contains("2", "people_name_key")
                .doesNotContain("n1"));
        assertThat(life.sealway().status(Selection.ALL).columns()).hasSize(5);
    }

    @Test
    void leavesARowThatAnApplicationWritesMeanwhileToTheNextPass(TestDatabase database) throws SQLException {
        Life life = life(database);
        WalkedTable table = cutOver(life);
        byte[] fresh = life.sealway().column("public.people.name").seal("fresh");
        boolean[] once = {true};
        WalkListener interfering = new WalkListener() {
            @Override
            public void sealed(int rows) {
                if (once[0]) {
                    once[0] = false;
                    writeEncrypted(database, fresh);
                }
            }
        };
        new CatchUp(
                        Database.of(database.dataSource()),
                        TableTask.refilling(table, "rollback"),
                        Wiring.settings(Progress.NONE, 40).withListener(interfering))
                .run();
        assertThat(database.value("SELECT name FROM people WHERE id = 4")).isEqualTo("fresh");
    }

    private static void writeEncrypted(TestDatabase database, byte[] value) {
        try (var connection = database.connect();
                var statement = connection.prepareStatement("UPDATE people SET name_encrypted = ? WHERE id = 4")) {
            statement.setBytes(1, value);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e.getSQLState());
        }
    }
}
