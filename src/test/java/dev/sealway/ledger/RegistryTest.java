package dev.sealway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.catalog.LiveTable;
import dev.sealway.crypto.Encoding;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Identifier;
import dev.sealway.plan.Binding;
import dev.sealway.plan.Mode;
import dev.sealway.plan.TableName;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class RegistryTest {

    private static final TableName USERS = new TableName("public", "users");

    private LedgerFixture ledger;

    @BeforeEach
    void installsTheLedger(TestDatabase test) throws SQLException {
        ledger = new LedgerFixture(test);
    }

    private RegisteredColumn registerAgain(NewColumn column) {
        return ledger.writing(tx -> {
            Registry registry = Registry.in(tx);
            return registry.register(registry.table(USERS).orElseThrow(), column);
        });
    }

    private NewColumn asNow(String name) {
        return ledger.reading(tx -> LedgerFixture.column(LedgerFixture.live(tx, "users"), name));
    }

    @Test
    void givesBackWhatWasRegistered() {
        RegisteredTable table = ledger.register(Binding.ROW, "email", "phone");
        RegisteredTable read =
                ledger.reading(tx -> Registry.in(tx).table(USERS)).orElseThrow();
        assertThat(read).isEqualTo(table);
        assertThat(read.plan()).isEqualTo("alphapulse");
        assertThat(read.binding()).isEqualTo(Binding.ROW);
        assertThat(read.columns()).extracting(c -> c.plaintext().name()).containsExactly("email", "phone");
        RegisteredColumn email = read.columns().get(0);
        assertThat(email.search()).contains(LedgerFixture.EMAIL_SEARCH);
        assertThat(email.context()).isEqualTo("public.users.email");
        assertThat(email.phase()).isEqualTo(ColumnPhase.REGISTERED);
        assertThat(read.ownedColumns())
                .extracting(Identifier::name)
                .containsExactlyInAnyOrder("email_encrypted", "email_search", "phone_encrypted");
        assertThat(ledger.<List<RegisteredTable>>reading(tx -> Registry.in(tx).tables("alphapulse")))
                .containsExactly(read);
        assertThat(ledger.<List<RegisteredTable>>reading(tx -> Registry.in(tx).tables("other")))
                .isEmpty();
    }

    @Test
    void registersTheSameOnlyOnce() {
        RegisteredTable first = ledger.register(Binding.COLUMN, "email");
        RegisteredTable again = ledger.register(Binding.COLUMN, "email");
        assertThat(again).isEqualTo(first);
    }

    @Test
    void refusesToRegisterATableForAnotherPlanOrWithAnotherBinding() {
        ledger.register(Binding.COLUMN, "email");
        assertThatThrownBy(() -> ledger.register(Binding.ROW))
                .isInstanceOf(SealwayException.class)
                .hasMessage(
                        "table public.users was registered with bind COLUMN, but the plan now says ROW; it is frozen because data may depend on it: put COLUMN back into the plan, or run 'sealway rollback' first");
        assertThatThrownBy(() -> ledger.writing(tx -> Registry.in(tx)
                        .register("other", LedgerFixture.live(tx, "users"), Mode.EXPAND, Binding.COLUMN)))
                .hasMessageContaining("was registered with plan alphapulse, but the plan now says other");
    }

    @Test
    void keepsWhatIsFrozenAndNamesIt() {
        ledger.register(Binding.COLUMN, "email");
        NewColumn email = asNow("email");
        assertThatThrownBy(() -> registerAgain(new NewColumn(
                        email.plaintext(),
                        email.encrypted(),
                        email.search(),
                        "pii",
                        email.encoding(),
                        "tink",
                        email.keyset(),
                        1)))
                .hasMessageContaining("column public.users.email was registered with context public.users.email")
                .hasMessageContaining("the plan now says pii");
        assertThatThrownBy(() -> registerAgain(new NewColumn(
                        email.plaintext(),
                        email.encrypted(),
                        email.search(),
                        email.context(),
                        Encoding.parse("pgtext/1;pad=32"),
                        "tink",
                        email.keyset(),
                        1)))
                .hasMessageContaining("encoding pgtext/1, but the plan now says pgtext/1;pad=32");
        assertThatThrownBy(() -> registerAgain(new NewColumn(
                        email.plaintext(),
                        email.encrypted(),
                        email.search(),
                        email.context(),
                        email.encoding(),
                        "tink",
                        "data/eu",
                        1)))
                .hasMessageContaining("keyset data/default, but the plan now says data/eu");
        assertThatThrownBy(() -> registerAgain(withSearch(email, "email/2", 128)))
                .hasMessageContaining("normalizer email/1, but the plan now says email/2");
        assertThat(registerAgain(withSearch(email, "email/1", 12)).search()).contains(LedgerFixture.EMAIL_SEARCH);
    }

    private static NewColumn withSearch(NewColumn column, String normalizer, int bits) {
        RegisteredSearch known = LedgerFixture.EMAIL_SEARCH;
        return new NewColumn(
                column.plaintext(),
                column.encrypted(),
                Optional.of(RegisteredSearch.planned(
                        known.column(), normalizer, known.context(), known.indexName(), bits, known.carryUnique())),
                column.context(),
                column.encoding(),
                "tink",
                column.keyset(),
                column.change());
    }

    @Test
    void refusesTwoColumnsWithOneContext() {
        ledger.register(Binding.COLUMN, "email");
        NewColumn phone = asNow("phone");
        assertThatThrownBy(() -> registerAgain(new NewColumn(
                        phone.plaintext(),
                        phone.encrypted(),
                        Optional.empty(),
                        "public.users.email",
                        phone.encoding(),
                        "tink",
                        phone.keyset(),
                        1)))
                .hasMessageContaining("column public.users.phone cannot have the context public.users.email")
                .hasMessageContaining("which column public.users.email has");
    }

    @Test
    void goesThroughThePhasesInOrder() throws SQLException {
        RegisteredColumn email =
                ledger.register(Binding.COLUMN, "email").columns().get(0);
        assertThatThrownBy(() -> ledger.move(email, ColumnPhase.BACKFILLED))
                .hasMessageContaining("column public.users.email cannot go from registered to backfilled");
        assertThat(ledger.<Optional<Long>>reading(tx -> Registry.in(tx).runOfPhase(email)))
                .isEmpty();
        RegisteredColumn expanded = ledger.expand(email);
        assertThat(ledger.<Optional<Long>>reading(tx -> Registry.in(tx).runOfPhase(expanded)))
                .isPresent();
        assertThatThrownBy(() -> ledger.move(email, ColumnPhase.EXPANDED))
                .hasMessageContaining("column public.users.email is not registered any more: another run moved it");
        RegisteredColumn verified = ledger.move(ledger.move(expanded, ColumnPhase.BACKFILLED), ColumnPhase.VERIFIED);
        assertThat(ledger.<Optional<Verification>>reading(tx -> Registry.in(tx).verification(verified)))
                .isPresent();
        RegisteredColumn back = ledger.move(verified, ColumnPhase.BACKFILLED);
        assertThat(ledger.<Optional<Verification>>reading(tx -> Registry.in(tx).verification(back)))
                .isEmpty();
        RegisteredColumn contracted = ledger.move(ledger.move(back, ColumnPhase.VERIFIED), ColumnPhase.CONTRACTED);
        assertThat(contracted.phase()).isEqualTo(ColumnPhase.CONTRACTED);
        assertThat(ledger.<Optional<Verification>>reading(tx -> Registry.in(tx).verification(contracted)))
                .isPresent();
        assertThatThrownBy(() -> ledger.move(contracted, ColumnPhase.EXPANDED))
                .hasMessageContaining("cannot go from contracted to expanded");
    }

    @Test
    void saysExpandedOnlyOfAColumnThatIsThere() {
        RegisteredColumn email =
                ledger.register(Binding.COLUMN, "email").columns().get(0);
        assertThatThrownBy(() -> ledger.move(email, ColumnPhase.EXPANDED))
                .hasMessageContaining("sealed_column_expanded");
    }

    @Test
    void forgetsATableWithItsLastColumn(TestDatabase test) throws SQLException {
        RegisteredTable table = ledger.register(Binding.COLUMN, "email", "phone");
        ledger.write(tx -> Checkpoints.in(tx).start(Checkpoint.wholeTable(table.id(), Work.BACKFILL, 1, 10)));
        test.execute("INSERT INTO sealway.recheck (table_id, row_key) VALUES (%d, '{1}')".formatted(table.id()));
        ledger.write(tx -> Registry.in(tx).forget(table.columns().get(0)));
        assertThat(test.value("SELECT count(*) FROM sealway.checkpoint")).isEqualTo("1");
        ledger.write(tx -> Registry.in(tx).forget(table.columns().get(1)));
        assertThat(test.value("""
                SELECT (SELECT count(*) FROM sealway.checkpoint) + (SELECT count(*) FROM sealway.recheck)
                     + (SELECT count(*) FROM sealway.sealed_table) + (SELECT count(*) FROM sealway.sealed_column)""")).isEqualTo("0");
    }

    @Test
    void walksAChangeAgainWhenAColumnJoinsIt() {
        RegisteredTable table = ledger.register(Binding.COLUMN, "email");
        ledger.write(tx -> {
            Checkpoints checkpoints = Checkpoints.in(tx);
            checkpoints.finish(checkpoints.start(Checkpoint.wholeTable(table.id(), Work.BACKFILL, 1, 10)));
        });
        ledger.register(Binding.COLUMN, "email");
        assertThat(ledger.<List<Checkpoint>>reading(tx -> Checkpoints.in(tx).of(table.id(), Work.BACKFILL, 1)))
                .hasSize(1);
        ledger.register(Binding.COLUMN, "email", "phone");
        assertThat(ledger.<List<Checkpoint>>reading(tx -> Checkpoints.in(tx).of(table.id(), Work.BACKFILL, 1)))
                .isEmpty();
    }

    @Test
    void takesHostileNamesAsTheyAre(TestDatabase test) throws SQLException {
        String name = "x\"; DROP TABLE users;--";
        test.execute("CREATE TABLE \"we\"\"ird\" (id int PRIMARY KEY, \"x\"\"; DROP TABLE users;--\" text)");
        ledger.write(tx -> {
            LiveTable live = LedgerFixture.live(tx, "we\"ird");
            Registry registry = Registry.in(tx);
            registry.register(
                    registry.register("alphapulse", live, Mode.EXPAND, Binding.COLUMN),
                    LedgerFixture.column(live, name));
        });
        RegisteredTable read = ledger.reading(tx -> Registry.in(tx).table(new TableName("public", "we\"ird")))
                .orElseThrow();
        assertThat(read.columns().get(0).plaintext().name()).isEqualTo(name);
        assertThat(test.value("SELECT column_name FROM sealway.encryption_migrations"))
                .isEqualTo(name);
    }
}
