package dev.sealway.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.workflow.SealedField;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A comparison that finds nothing proves something only if it finds what is there. */
@ExtendWith(PostgresExtension.class)
class ComparisonTest {

    private Scene scene;

    @BeforeEach
    void verifiesAScene(TestDatabase database) throws SQLException {
        scene = Scene.create(database.jdbcUrl(), 30);
        for (Step step : List.of(Step.EXPAND, Step.BACKFILL, Step.VERIFY)) {
            step.run(scene.sealway(), scene.folder());
        }
    }

    @AfterEach
    void dropsIt() throws SQLException {
        scene.close();
    }

    @Test
    void findsNothingWrongWhereNothingIs() throws SQLException {
        Compared compared = Comparison.of(scene);
        assertThat(compared.isRight()).as(compared.toString()).isTrue();
        assertThat(compared.rows()).isEqualTo(30);
    }

    @Test
    void findsRowsThatAreGoneOrBackAgain() throws SQLException {
        scene.execute("DELETE FROM people WHERE id = 3");
        scene.people().remove(5L);
        Compared compared = Comparison.of(scene);
        assertThat(compared.lost()).containsExactly("row 3");
        assertThat(compared.stale()).containsExactly("row 5 was deleted, and is there");
    }

    @Test
    void findsStaleCiphertexts() throws SQLException {
        sealWithoutTheGuard(4, "email", "an older one");
        assertThat(Comparison.of(scene).stale()).containsExactly("encrypted email of row 4");
    }

    @Test
    void findsTokensOfAnotherValue() throws SQLException {
        scene.execute(
                "UPDATE people SET email_search = NULL WHERE id = 4",
                "UPDATE people SET email_search = decode('00112233445566778899aabbccddeeff', 'hex') WHERE id = 5");
        assertThat(Comparison.of(scene).stale()).containsExactly("token of email of row 4", "token of email of row 5");
    }

    @Test
    void findsStalePlaintext() throws SQLException {
        scene.execute("UPDATE people SET name = 'an older one' WHERE id = 7");
        assertThat(Comparison.of(scene).stale()).contains("name of row 7");
    }

    @Test
    void findsLostPlaintext() throws SQLException {
        scene.execute("UPDATE people SET email = NULL WHERE id = 7");
        assertThat(Comparison.of(scene).lost()).containsExactly("email of row 7");
    }

    @Test
    void findsWhatWasSealedTwice() throws SQLException {
        SealedField field = scene.field("name");
        String once = "\\x"
                + HexFormat.of().formatHex(field.seal(scene.people().get(9L).name()));
        sealWithoutTheGuard(9, "name", once);
        assertThat(Comparison.of(scene).twice()).containsExactly("encrypted name of row 9");
    }

    @Test
    void findsWhatBelongsToAnotherColumn() throws SQLException {
        scene.execute("UPDATE people SET name_encrypted = email_encrypted WHERE id = 8");
        assertThat(Comparison.of(scene).lost()).containsExactly("name of row 8 does not open");
    }

    @Test
    void findsLostCiphertextsOnceTheyLead() throws SQLException {
        Step.CONTRACT.run(scene.sealway(), scene.folder());
        assertThat(Comparison.of(scene).isRight()).isTrue();
        scene.execute("UPDATE people SET email_encrypted = NULL, email_search = NULL WHERE id = 6");
        assertThat(Comparison.of(scene).lost()).containsExactly("encrypted email of row 6");
    }

    private void sealWithoutTheGuard(long id, String column, String value) throws SQLException {
        try (var connection = scene.connect();
                var update = connection.prepareStatement(
                        "UPDATE people SET %s_encrypted = ? WHERE id = ?".formatted(column))) {
            update.setBytes(1, scene.field(column).seal(value));
            update.setLong(2, id);
            update.executeUpdate();
        }
    }
}
