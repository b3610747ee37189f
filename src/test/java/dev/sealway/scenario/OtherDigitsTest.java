package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.audit.AuditHead;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A life whose runs have other digits than ASCII by turns: what is hashed, compared or a name must not. */
@ExtendWith(PostgresExtension.class)
class OtherDigitsTest {

    private static final Locale ARABIC = Locale.forLanguageTag("ar-EG-u-nu-arab");
    private static final String TABLES = """
            tables:
              public.people:
                columns: { email: { search: { normalizer: exact, unique: carry, accept-leakage: "few rows" } } }
            """;

    private final Locale before = Locale.getDefault();

    @AfterEach
    void putBack() {
        Locale.setDefault(before);
    }

    @Test
    void goesOnUnderAnotherLocale(TestDatabase database) throws SQLException {
        assertThat("%d".formatted(7)).isEqualTo("7");
        database.execute(
                "CREATE TABLE people (id int PRIMARY KEY, email text UNIQUE)",
                "INSERT INTO people SELECT g, 'a' || g FROM generate_series(1, 250) g");
        Life life = Life.of(database, TABLES).toVerified().rehearse();
        String phrase = life.phrase();

        Locale.setDefault(ARABIC);
        assertThat("%d".formatted(7)).isNotEqualTo("7");
        assertThat(life.phrase()).isEqualTo(phrase);
        assertThat(life.sealway().evidence(Selection.ALL).passed()).isTrue();
        assertThat(new AuditHead(12, "ab").toString()).isEqualTo("audit head seq=12 hash=ab");
        life.sealway().backfill(Selection.ALL);
        assertThat(database.value("SELECT count(*) FROM pg_class WHERE relname ~ '[^ -~]'"))
                .as("names that are not ASCII")
                .isEqualTo("0");
        life.contract();

        Locale.setDefault(before);
        assertThat(life.sealway().evidence(Selection.ALL).passed()).isTrue();
        life.sealway().rollback(Selection.ALL);
        assertThat(database.value("SELECT count(email) FROM people")).isEqualTo("250");
    }
}
