package dev.sealway.catalog.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.Looking;
import dev.sealway.catalog.inventory.CarriedUnique;
import dev.sealway.catalog.inventory.UniqueCarry;
import dev.sealway.jdbc.Identifier;
import dev.sealway.search.Normalizer;
import dev.sealway.search.ValueDistribution;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class SearchProbeTest {

    private static final Identifier EMAIL = Identifier.of("email");
    private static final Identifier TOKEN = Identifier.of("email_search");

    @Test
    @DisplayName("T42 measures how values are spread under the normaliser")
    void measuresTheSpread(TestDatabase db) throws SQLException {
        db.execute("""
                CREATE TABLE t (id int PRIMARY KEY, email text, data json, raw bytea);
                INSERT INTO t VALUES (1, 'A@b', '{"a":1}', '\\x00ff'), (2, ' a@B ', '{"a": 1}', '\\x00ff'),
                  (3, 'c@d', '{"a":1}', '\\x01'), (4, NULL, NULL, NULL)""");
        assertThat(spread(db, "email", Normalizer.EMAIL_1)).isEqualTo(new ValueDistribution(3, 2, 2));
        assertThat(spread(db, "email", Normalizer.EXACT_1)).isEqualTo(new ValueDistribution(3, 3, 1));
        assertThat(spread(db, "email", Normalizer.E164_1)).isEqualTo(new ValueDistribution(0, 0, 0));
        assertThat(spread(db, "data", Normalizer.EXACT_1)).isEqualTo(new ValueDistribution(3, 2, 2));
        assertThat(spread(db, "raw", Normalizer.EXACT_1)).isEqualTo(new ValueDistribution(3, 2, 2));
    }

    @Test
    @DisplayName("T44 lists the row keys of values that are equal under the normaliser")
    void listsDuplicates(TestDatabase db) throws SQLException {
        db.execute("""
                CREATE TABLE t (tenant int, id int, email text, gone bool, PRIMARY KEY (tenant, id), UNIQUE (tenant, email));
                INSERT INTO t VALUES (1, 1, 'A@b'), (1, 2, 'a@b'), (2, 1, 'a@b'), (1, 3, NULL), (1, 4, NULL), (2, 2, 'x')""");
        Offenders found = duplicates(db);
        assertThat(found.count()).isEqualTo(2);
        assertThat(found.rowKeys()).containsExactly("tenant 1, id 1", "tenant 1, id 2");
    }

    @Test
    @DisplayName("T44 counts all duplicates and shows the first twenty")
    void showsTheFirstTwenty(TestDatabase db) throws SQLException {
        db.execute("""
                CREATE TABLE t (id int PRIMARY KEY, email text UNIQUE);
                INSERT INTO t SELECT i, CASE WHEN i % 2 = 0 THEN 'X' ELSE 'x' END || (i / 2) FROM generate_series(2, 101) i""");
        Offenders found = duplicates(db);
        assertThat(found.count()).isEqualTo(100);
        assertThat(found.rowKeys()).hasSize(20).startsWith("id 2", "id 3").endsWith("id 21");
    }

    @Test
    void obeysThePredicateOfAPartialIndex(TestDatabase db) throws SQLException {
        db.execute("""
                CREATE TABLE t (id int PRIMARY KEY, email text, gone bool NOT NULL);
                CREATE UNIQUE INDEX i ON t (email) WHERE NOT gone;
                INSERT INTO t VALUES (1, 'a', false), (2, 'A', true), (3, 'b', false), (4, 'B', false)""");
        assertThat(duplicates(db).rowKeys()).containsExactly("id 3", "id 4");
        db.execute("DROP INDEX i; CREATE UNIQUE INDEX i ON t (email) WHERE email IS NOT NULL");
        assertThat(duplicates(db).count()).isEqualTo(4);
    }

    @Test
    @DisplayName("T47 lists the rows whose value is no phone number")
    void listsWhatHasNoNormalForm(TestDatabase db) throws SQLException {
        db.execute("""
                CREATE TABLE t (id int PRIMARY KEY, "ph one" text);
                INSERT INTO t VALUES (1, '+49 (30) 123-456'), (2, '030 123456'), (3, NULL), (4, '+1234567'), (5, '')""");
        LiveTable table = Looking.table(db, "t");
        Offenders found =
                Looking.at(db, tx -> SearchProbe.unnormalizable(tx, table, column(table, "ph one", Normalizer.E164_1)));
        assertThat(found).isEqualTo(new Offenders(3, List.of("id 2", "id 4", "id 5")));
        assertThat(found.isEmpty()).isFalse();
    }

    @Test
    void findsValuesThatDoNotSurviveText(TestDatabase db) throws SQLException {
        db.execute("""
                CREATE TABLE t (id int PRIMARY KEY, c circle, r regclass);
                INSERT INTO t VALUES (1, '<(0.1,2),3>', 'pg_class'), (2, NULL, NULL), (3, NULL, 999999)""");
        LiveTable table = Looking.table(db, "t");
        assertThat(roundTrip(db, table, "c")).isEmpty();
        assertThat(roundTrip(db, table, "id")).isEmpty();
        db.execute("CREATE TABLE seen (i int); UPDATE t SET r = 'seen'::regclass WHERE id = 1; DROP TABLE seen");
        db.execute("UPDATE t SET r = NULL");
        assertThat(roundTrip(db, table, "r")).isEmpty();
    }

    private static List<String> roundTrip(TestDatabase db, LiveTable table, String column) {
        return Looking.at(
                db, tx -> RoundTripScan.fault(tx, table, table.column(column).orElseThrow()).stream()
                        .toList());
    }

    private static ValueDistribution spread(TestDatabase db, String column, Normalizer normalizer) {
        LiveTable table = Looking.table(db, "t");
        return Looking.at(db, tx -> LeakageProbe.measure(tx, table, column(table, column, normalizer)));
    }

    private static Offenders duplicates(TestDatabase db) {
        LiveTable table = Looking.table(db, "t");
        return Looking.at(db, tx -> {
            CarriedUnique unique = UniqueCarry.of(tx, table, EMAIL, Set.of(EMAIL), Map.of(EMAIL, TOKEN))
                    .carried()
                    .get(0);
            return SearchProbe.duplicates(tx, table, unique, Map.of(TOKEN, column(table, "email", Normalizer.EMAIL_1)));
        });
    }

    private static NormalizedColumn column(LiveTable table, String name, Normalizer normalizer) {
        return new NormalizedColumn(table.column(name).orElseThrow(), normalizer);
    }
}
