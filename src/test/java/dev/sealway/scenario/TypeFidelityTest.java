package dev.sealway.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.Sealway;
import dev.sealway.catalog.Catalog;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.jdbc.TypeName;
import dev.sealway.plan.TableName;
import dev.sealway.testing.HostileDataSource;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.workflow.SealedField;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sealed text of a value says all of it, whatever sessions are set to. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class TypeFidelityTest {

    /** The driver prepares a statement on the server at its fifth execution, and then may transfer it in binary. */
    private static final int EXECUTIONS = 12;

    private static final Sql READ = Sql.of("SELECT v_encrypted, {value} FROM {table} WHERE id = ?");
    private static final Sql WRITE = Sql.of("UPDATE {table} SET back = {value} WHERE id = ?");
    private static final Sql SAME = Sql.of(
            "SELECT pg_catalog.record_image_eq(ROW(back), ROW(v)) FROM {table} WHERE id = ? AND back IS DISTINCT FROM NULL");

    /** A table of values of one type. */
    private record Sample(String table, TypeName type) {

        boolean raw() {
            return type.sql().equals("bytea");
        }

        Sql in(Sql template) {
            return template.with("table", QualifiedName.of("public", table));
        }

        Sql value() {
            return Sql.of(raw() ? "v" : "pg_catalog.convert_to(v::pg_catalog.text, 'UTF8')");
        }

        Sql valueBack() {
            return Sql.of(raw() ? "?" : "pg_catalog.convert_from(?, 'UTF8')::{type}")
                    .with("type", type);
        }
    }

    @Test
    @DisplayName("T20 93 values of all types come back byte for byte, under hostile settings")
    void bringsEveryValueOfEveryTypeBack(TestDatabase database) throws Exception {
        DataSource hostile = new HostileDataSource(database.jdbcUrl());
        List<String> tables = createSamples(database);
        Life life = Life.of(database, planOf(tables)).through(hostile).toVerified();
        assertThat(database.value("SELECT count(*) FROM lit")).isEqualTo("93");

        int values = 0;
        Sealway sealway = life.sealway();
        try (Session session = Database.of(hostile).open()) {
            for (String table : tables) {
                values += bringBack(session, sample(session, table), sealway.column(table + ".v"));
            }
        }
        assertThat(values).isEqualTo(93);
    }

    @Test
    void meetsSessionsThatAreHostileIndeed(TestDatabase database) throws SQLException {
        DataSource hostile = new HostileDataSource(database.jdbcUrl());
        try (var connection = hostile.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("""
                        SELECT current_setting('DateStyle'), 1.7976931348623157e308::float8::text,
                               '\\x00ff'::bytea::text, '02/03/2024'::date::text""")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("ISO, DMY");
            assertThat(row.getString(2)).isEqualTo("1.79769313486232e+308");
            assertThat(row.getString(3)).isEqualTo("\\000\\377");
            assertThat(row.getString(4)).isEqualTo("2024-03-02");
        }
    }

    private static List<String> createSamples(TestDatabase database) throws SQLException, IOException {
        database.execute("CREATE EXTENSION citext", "CREATE EXTENSION hstore");
        try (var literals = TypeFidelityTest.class.getResourceAsStream("/dev/sealway/type-literals.sql")) {
            database.execute(new String(literals.readAllBytes(), UTF_8));
        }
        List<String> tables = new ArrayList<>();
        for (List<String> row : database.rows("SELECT typ FROM lit GROUP BY typ ORDER BY typ")) {
            String table = "lit_%d".formatted(tables.size());
            database.execute(
                    "CREATE TABLE %s (id int PRIMARY KEY, v %s, back %2$s)".formatted(table, row.get(0)),
                    "INSERT INTO %s SELECT row_number() OVER (ORDER BY ctid), val::%s FROM lit WHERE typ = '%2$s'"
                            .formatted(table, row.get(0)));
            tables.add(table);
        }
        return tables;
    }

    private static String planOf(List<String> tables) {
        StringBuilder plan = new StringBuilder("tables:\n");
        tables.forEach(t -> plan.append("  public.%s: { columns: { v: {} } }%n".formatted(t)));
        return plan.toString();
    }

    private static Sample sample(Session session, String table) {
        return session.inTransaction(
                TransactionSettings.reading(),
                "looking at a table",
                tx -> new Sample(
                        table,
                        Catalog.in(tx)
                                .table(new TableName("public", table))
                                .flatMap(t -> t.column("v"))
                                .orElseThrow()
                                .type()));
    }

    private static int bringBack(Session session, Sample sample, SealedField field) {
        int rows = session.inTransaction(TransactionSettings.reading(), "counting", tx ->
                (int) tx.number(sample.in(Sql.of("SELECT pg_catalog.count(*) FROM {table}"))));
        for (int execution = 1; execution <= EXECUTIONS; execution++) {
            String of = "%s, execution %d".formatted(sample, execution);
            session.inTransaction(TransactionSettings.writing(), of, tx -> {
                IntStream.rangeClosed(1, rows).forEach(id -> bringBack(tx, sample, field, id, of));
                return null;
            });
        }
        return rows;
    }

    private static void bringBack(Transaction tx, Sample sample, SealedField field, int id, String of) {
        byte[][] read = tx.first(
                        sample.in(READ).with("value", sample.value()),
                        row -> new byte[][] {row.getBytes(1), row.getBytes(2)},
                        id)
                .orElseThrow();
        String text = field.open(read[0]);
        byte[] opened = sample.raw() ? HexFormat.of().parseHex(text.substring(2)) : text.getBytes(UTF_8);
        assertThat(opened).as(of).isEqualTo(read[1]);
        assertThat(tx.execute(sample.in(WRITE).with("value", sample.valueBack()), opened, id))
                .isEqualTo(1);
        assertThat(tx.isTrue(sample.in(SAME), id)).as("%s of row %d", of, id).isTrue();
    }
}
