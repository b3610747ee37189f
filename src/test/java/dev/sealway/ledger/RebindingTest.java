package dev.sealway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.Binding;
import dev.sealway.plan.Mode;
import dev.sealway.plan.TableName;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** T24, the ledger's part: what is registered survives renames and restores. */
@ExtendWith(PostgresExtension.class)
class RebindingTest {

    private LedgerFixture ledger;

    @BeforeEach
    void installsTheLedger(TestDatabase test) throws SQLException {
        ledger = new LedgerFixture(test);
    }

    private RegisteredTable verified(Binding binding) throws SQLException {
        RegisteredTable table = ledger.register(binding, "email");
        RegisteredColumn expanded = ledger.expand(table.columns().get(0));
        ledger.move(ledger.move(expanded, ColumnPhase.BACKFILLED), ColumnPhase.VERIFIED);
        return ledger.reading(tx -> Registry.in(tx).table(table.id())).orElseThrow();
    }

    private Rebound rebind(RegisteredTable table) {
        return ledger.writing(tx -> rebind(tx, table));
    }

    private static Rebound rebind(Transaction tx, RegisteredTable table) {
        Registry registry = Registry.in(tx);
        return registry.rebind(
                table, LedgerFixture.live(tx, registry.locate(table).orElseThrow()));
    }

    @Test
    void changesNothingWhereNothingChanged() throws SQLException {
        RegisteredTable table = verified(Binding.ROW);
        Rebound rebound = rebind(table);
        assertThat(rebound.notices()).isEmpty();
        assertThat(rebound.table()).isEqualTo(table);
    }

    @Test
    @DisplayName("T24 follows a renamed schema, table, column and row key")
    void followsRenames(TestDatabase test) throws SQLException {
        RegisteredTable table = verified(Binding.ROW);
        test.execute(
                "CREATE SCHEMA \"crm.x\"",
                "ALTER TABLE users SET SCHEMA \"crm.x\"",
                "ALTER TABLE \"crm.x\".users RENAME TO \"Kunden\"",
                "ALTER TABLE \"crm.x\".\"Kunden\" RENAME COLUMN email TO mail",
                "ALTER TABLE \"crm.x\".\"Kunden\" RENAME COLUMN email_encrypted TO email",
                "ALTER TABLE \"crm.x\".\"Kunden\" RENAME COLUMN id TO no");
        Rebound rebound = rebind(table);
        assertThat(rebound.notices())
                .containsExactly(
                        "table public.users is now called crm.x.Kunden",
                        "column crm.x.Kunden.email is now called mail",
                        "column crm.x.Kunden.email_encrypted is now called email");
        RegisteredColumn column = rebound.table().columns().get(0);
        assertThat(column.plaintext().name()).isEqualTo("mail");
        assertThat(column.encrypted().name()).isEqualTo("email");
        assertThat(column.context()).isEqualTo("public.users.email");
        assertThat(column.phase()).isEqualTo(ColumnPhase.VERIFIED);
        assertThat(ledger.<Optional<RegisteredTable>>reading(
                        tx -> Registry.in(tx).table(new TableName("crm.x", "Kunden"))))
                .contains(rebound.table());
        assertThat(rebind(rebound.table()).notices()).isEmpty();
    }

    @Test
    void followsTwoTablesThatSwappedTheirNames(TestDatabase test) throws SQLException {
        RegisteredTable users = verified(Binding.COLUMN);
        test.execute("CREATE TABLE clients (id int PRIMARY KEY, phone text)");
        RegisteredTable clients = ledger.writing(tx ->
                Registry.in(tx).register("alphapulse", LedgerFixture.live(tx, "clients"), Mode.EXPAND, Binding.COLUMN));
        test.execute(
                "ALTER TABLE users RENAME TO x",
                "ALTER TABLE clients RENAME TO users",
                "ALTER TABLE x RENAME TO clients");
        ledger.write(tx -> List.of(users, clients).forEach(table -> rebind(tx, table)));
        assertThat(ledger.reading(tx -> Registry.in(tx).table(users.id()))
                        .orElseThrow()
                        .name())
                .hasToString("public.clients");
        assertThat(ledger.reading(tx -> Registry.in(tx).table(clients.id()))
                        .orElseThrow()
                        .name())
                .hasToString("public.users");
    }

    @Test
    @DisplayName("T24 binds by name after a restore, and asks for another verify")
    void bindsByNameAfterARestore(TestDatabase test) throws SQLException {
        RegisteredTable table = verified(Binding.ROW);
        test.execute(
                "CREATE TABLE restored (junk int)",
                "ALTER TABLE restored DROP COLUMN junk, ADD COLUMN email_search bytea, ADD COLUMN email_encrypted bytea, ADD COLUMN email text, ADD COLUMN id bigint PRIMARY KEY",
                "DROP TABLE users",
                "ALTER TABLE restored RENAME TO users");
        Rebound rebound = rebind(table);
        assertThat(rebound.notices()).hasSize(1);
        assertThat(rebound.notices().get(0)).contains("table public.users is bound again by its name");
        assertThat(rebound.table().oid()).isNotEqualTo(table.oid());
        assertThat(rebound.table().columns().get(0).phase()).isEqualTo(ColumnPhase.BACKFILLED);
        assertThat(rebind(rebound.table()).notices()).isEmpty();
        test.execute("ALTER TABLE users RENAME COLUMN email TO mail");
        assertThat(rebind(rebound.table()).notices()).containsExactly("column public.users.email is now called mail");
    }

    @Test
    @DisplayName("T24 does not trust an oid of another cluster")
    void distrustsAnOidOfAnotherCluster(TestDatabase test) throws SQLException {
        RegisteredTable table = verified(Binding.COLUMN);
        test.execute(
                "CREATE TABLE stranger (id int)",
                "UPDATE sealway.sealed_table SET home = '1/1', oid = 'public.stranger'::regclass");
        RegisteredTable restored =
                ledger.reading(tx -> Registry.in(tx).table(table.id())).orElseThrow();
        assertThat(rebind(restored).table().oid()).isEqualTo(table.oid());
    }

    @Test
    void findsNothingWhereTheTableIsGone(TestDatabase test) throws SQLException {
        RegisteredTable table = verified(Binding.COLUMN);
        test.execute("DROP TABLE users");
        assertThat(ledger.<Optional<Long>>reading(tx -> Registry.in(tx).locate(table)))
                .isEmpty();
    }

    @Test
    void refusesATableWhoseColumnIsGone(TestDatabase test) throws SQLException {
        RegisteredTable table = verified(Binding.COLUMN);
        test.execute("ALTER TABLE users DROP COLUMN email_encrypted");
        assertThatThrownBy(() -> rebind(table))
                .hasMessageContaining("column public.users.email_encrypted is gone")
                .hasMessageContaining("(encrypted column, verified)");
    }

    @Test
    void startsAgainWithAColumnThatWasDroppedAndMadeAgain(TestDatabase test) throws SQLException {
        RegisteredTable table = verified(Binding.COLUMN);
        ledger.write(tx -> Checkpoints.in(tx).start(Checkpoint.wholeTable(table.id(), Work.BACKFILL, 1, 10)));
        test.execute("ALTER TABLE users DROP COLUMN email_encrypted", "ALTER TABLE users ADD email_encrypted bytea");
        Rebound rebound = rebind(table);
        assertThat(rebound.notices()).hasSize(1);
        assertThat(rebound.notices().get(0)).contains("email_encrypted was dropped and made again");
        assertThat(rebound.table().columns().get(0).phase()).isEqualTo(ColumnPhase.EXPANDED);
        assertThat(test.value("SELECT count(*) FROM sealway.checkpoint")).isEqualTo("0");
    }

    @Test
    void doesNotMissThePlaintextThatWasDropped(TestDatabase test) throws SQLException {
        RegisteredTable table = verified(Binding.COLUMN);
        ledger.move(table.columns().get(0), ColumnPhase.CONTRACTED);
        test.execute("ALTER TABLE users DROP COLUMN email");
        assertThat(rebind(table).notices()).isEmpty();
    }

    @Test
    void walksAnewUnderAnotherRowKey(TestDatabase test) throws SQLException {
        RegisteredTable table = verified(Binding.COLUMN);
        ledger.write(tx -> Checkpoints.in(tx).start(Checkpoint.wholeTable(table.id(), Work.BACKFILL, 1, 10)));
        test.execute("ALTER TABLE users DROP CONSTRAINT users_pkey, ADD PRIMARY KEY (phone)");
        Rebound rebound = rebind(table);
        assertThat(rebound.notices())
                .containsExactly("the row key of public.users was (id) and is now (phone); the walk starts anew");
        assertThat(rebound.table().columns().get(0).phase()).isEqualTo(ColumnPhase.BACKFILLED);
        assertThat(test.value("SELECT count(*) FROM sealway.checkpoint")).isEqualTo("0");
    }

    @Test
    void refusesAnotherRowKeyUnderARowBinding(TestDatabase test) throws SQLException {
        RegisteredTable table = verified(Binding.ROW);
        test.execute("ALTER TABLE users DROP CONSTRAINT users_pkey, ADD PRIMARY KEY (phone)");
        assertThatThrownBy(() -> rebind(table))
                .hasMessageContaining("with bind: row every ciphertext opens under the old one only");
    }
}
