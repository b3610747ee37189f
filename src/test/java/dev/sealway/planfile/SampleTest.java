package dev.sealway.planfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.plan.Binding;
import dev.sealway.plan.ColumnPlan;
import dev.sealway.plan.Plan;
import dev.sealway.plan.TablePlan;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.util.PSQLException;

/** The sample's plan and its schema, held together. */
@ExtendWith(PostgresExtension.class)
class SampleTest {

    private static final Path PLAN = Path.of("db/sealway.yaml");
    private static final Path SCHEMA = Path.of("db/migration/V1__sample_schema.sql");

    @Test
    void plansFiveTablesWithTwentyThreeColumns() {
        Plan plan = PlanReader.read(PLAN);

        assertThat(plan.name()).isEqualTo("alphapulse");
        assertThat(plan.tables()).hasSize(5);
        assertThat(plan.columnNames()).hasSize(23).doesNotHaveDuplicates();
        assertThat(plan.tables()).filteredOn(t -> t.binding() == Binding.ROW).hasSize(1);
    }

    @Test
    void createsEveryColumnThatThePlanNames(TestDatabase database) throws SQLException, IOException {
        database.execute(Files.readString(SCHEMA));

        assertThat(names(database, """
                SELECT format('%s.%s.%s', table_schema, table_name, column_name) FROM information_schema.columns
                 WHERE table_schema = 'public'""")).containsAll(PlanReader.read(PLAN).columnNames());
        assertThat(names(database, "SELECT format('public.%s', tablename) FROM pg_tables WHERE schemaname = 'public'"))
                .containsExactlyInAnyOrderElementsOf(PlanReader.read(PLAN).tables().stream()
                        .map(t -> t.name().toString())
                        .toList());
    }

    @Test
    void decidesAboutEverythingThatHangsOnAPlainColumn(TestDatabase database) throws SQLException, IOException {
        database.execute(Files.readString(SCHEMA));
        Plan plan = PlanReader.read(PLAN);
        TreeSet<String> expected = new TreeSet<>();
        for (TablePlan table : plan.tables()) {
            for (ColumnPlan column : table.columns()) {
                boolean carried =
                        column.search().isPresent() && column.search().get().carryUnique();
                hanging(database, table, column).stream()
                        .filter(object -> !(carried && object.endsWith(column.name() + "_key")))
                        .forEach(expected::add);
            }
        }

        assertThat(plan.tables().stream().flatMap(t -> t.dispositions().keySet().stream()))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void refusesADatabaseThatHasOneOfItsTables(TestDatabase database) throws SQLException, IOException {
        String schema = Files.readString(SCHEMA);
        database.execute("CREATE TABLE public.users (id int)");

        assertThatThrownBy(() -> database.execute(schema))
                .isInstanceOf(PSQLException.class)
                .hasMessageContaining(
                        "the sample schema is not created, because this database already has public.users")
                .hasMessageContaining("Nothing was changed.");
        assertThat(database.value("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                .isEqualTo("1");
    }

    private static List<String> hanging(TestDatabase database, TablePlan table, ColumnPlan column) throws SQLException {
        return names(database, """
                SELECT 'index ' || i.indexrelid::regclass
                  FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
                 WHERE i.indrelid = '%1$s'::regclass AND a.attname = '%2$s' AND NOT i.indisunique
                UNION
                SELECT 'constraint ' || c.conname
                  FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
                 WHERE c.conrelid = '%1$s'::regclass AND a.attname = '%2$s' AND c.contype <> 'n'
                """.formatted(table.name(), column.name()));
    }

    private static List<String> names(TestDatabase database, String sql) throws SQLException {
        return database.rows(sql).stream().map(row -> row.get(0)).toList();
    }
}
