package dev.sealway.cli.pii;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.plan.Binding;
import dev.sealway.plan.Mode;
import dev.sealway.plan.Plan;
import dev.sealway.planfile.PlanReader;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The files of {@code db/pii}, held together. */
@ExtendWith(PostgresExtension.class)
class PiiExampleTest {
    private static final Path FILES = Path.of("db/pii");

    private TestDatabase database;
    private final Plan plan = PlanReader.read(FILES.resolve("sealway.yaml"));

    @BeforeEach
    void load(TestDatabase fresh) throws SQLException, IOException {
        database = fresh;
        database.execute(
                Files.readString(FILES.resolve("schema.sql")), Files.readString(FILES.resolve("sample-data.sql")));
    }

    @Test
    void plansThreeTablesInPlaceWithoutAKeyBundle() {
        assertThat(plan.keys()).isEmpty();
        assertThat(plan.batchSize()).isEqualTo(100);
        assertThat(plan.tables())
                .hasSize(3)
                .allMatch(t -> t.mode() == Mode.IN_PLACE)
                .allMatch(t -> t.binding() == Binding.NONE);
        assertThat(plan.ciphers()).singleElement().matches(c -> c.key().isEmpty());
    }

    @Test
    void createsEveryColumnThatThePlanNames() throws SQLException {
        assertThat(database.rows("""
                        SELECT format('%s.%s.%s', table_schema, table_name, column_name)
                          FROM information_schema.columns WHERE table_schema = 'public'""").stream().map(r -> r.get(0))).containsAll(plan.columnNames());
    }

    @Test
    void hasRowsOfEveryKind() throws SQLException {
        assertThat(count("public.users")).isEqualTo("1234");
        assertThat(count("public.users WHERE last_name IS NULL")).isNotEqualTo("0");
        assertThat(count("public.users WHERE last_name = ''")).isNotEqualTo("0");
        assertThat(count("public.users WHERE first_name = '🦊'")).isNotEqualTo("0");
        assertThat(count("public.guest_orders")).isEqualTo("800");
        assertThat(count("public.guest_orders WHERE is_anonymized")).isEqualTo("200");
        assertThat(count("public.tenant_configs")).isEqualTo("150");
        assertThat(count("public.tenant_configs WHERE midtrans_server_key IS NULL AND midtrans_client_key IS NULL"))
                .isEqualTo("12");
    }

    @Test
    void countsInPlaintextWhatIsNotEncryptedYet() throws Exception {
        assertThat(SqlChecks.counts(database)).isEqualTo(List.of(1234L, 600L, 138L));
    }

    private String count(String what) throws SQLException {
        return database.value("SELECT count(*) FROM " + what);
    }
}
