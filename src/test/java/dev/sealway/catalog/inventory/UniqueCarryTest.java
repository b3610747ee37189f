package dev.sealway.catalog.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sealway.catalog.Looking;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class UniqueCarryTest {

    private static final Identifier EMAIL = Identifier.of("email");
    private static final Identifier NAME = Identifier.of("name");

    @Test
    void putsTheSearchColumnInThePlaceOfThePlaintext(TestDatabase db) throws SQLException {
        db.execute("""
                CREATE TABLE t (id int PRIMARY KEY, tenant int, email text, name text, gone date,
                  CONSTRAINT one UNIQUE (tenant, email) INCLUDE (gone, name) DEFERRABLE INITIALLY DEFERRED);
                CREATE UNIQUE INDEX two ON t (email) WHERE gone IS NULL;
                CREATE UNIQUE INDEX three ON t (email) WHERE email IS NOT NULL;
                CREATE UNIQUE INDEX other ON t (tenant, gone)""");
        UniqueCarry carry = carry(db);
        assertThat(carry.refused()).isEmpty();
        assertThat(carry.carried())
                .extracting(c -> c.replaced().key())
                .containsExactly("constraint one", "index three", "index two");
        CarriedUnique one = carry.carried().get(0);
        assertThat(one.columns()).extracting(Identifier::name).containsExactly("tenant", "email_search");
        assertThat(one.include()).extracting(Identifier::name).containsExactly("gone");
        assertThat(one.rules()).isEqualTo(new CarriedUnique.Rules(false, true, true));
        assertThat(one.constraint()).isTrue();
        assertThat(carry.carried().get(1).predicate()).map(Sql::sql).contains("\"email_search\" IS NOT NULL");
        assertThat(carry.carried().get(2).predicate()).map(Sql::sql).contains("gone IS NULL");
    }

    @Test
    void isTheSameObjectAsInTheInventory(TestDatabase db) throws SQLException {
        db.execute(
                "CREATE TABLE t (id int PRIMARY KEY, email text UNIQUE, name text); CREATE UNIQUE INDEX i ON t (email)");
        List<Dependent> inventory = Looking.at(db, tx -> Inventory.of(tx, Looking.table(db, "t"), List.of(EMAIL)));
        assertThat(Inventory.undispositioned(inventory, Map.of(), carry(db).dependents()))
                .isEmpty();
    }

    @Test
    void saysWhatCannotBeCarried(TestDatabase db) throws SQLException {
        db.execute("""
                CREATE TABLE t (id int PRIMARY KEY, email text, name text, UNIQUE (email, name));
                CREATE UNIQUE INDEX lowered ON t (lower(email));
                CREATE UNIQUE INDEX filtered ON t (email) WHERE email <> ''""");
        UniqueCarry carry = carry(db);
        assertThat(carry.carried()).isEmpty();
        assertThat(carry.refused())
                .containsEntry("constraint t_email_name_key", "its column name is encrypted without a search token")
                .containsEntry("index lowered", "it is over an expression")
                .containsEntry("index filtered", "its predicate reads plaintext");
    }

    @Test
    void keepsNullsNotDistinct(TestDatabase db) throws SQLException {
        assumeTrue(Integer.parseInt(db.value("SHOW server_version_num")) >= 150_000);
        db.execute("CREATE TABLE t (id int PRIMARY KEY, email text, name text, UNIQUE NULLS NOT DISTINCT (email))");
        assertThat(carry(db).carried().get(0).rules().nullsNotDistinct()).isTrue();
    }

    private static UniqueCarry carry(TestDatabase db) {
        return Looking.at(
                db,
                tx -> UniqueCarry.of(
                        tx,
                        Looking.table(db, "t"),
                        EMAIL,
                        Set.of(EMAIL, NAME),
                        Map.of(EMAIL, Identifier.of("email_search"))));
    }
}
