package dev.sealway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.catalog.inventory.SavedDefinition;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.plan.Binding;
import dev.sealway.plan.ConfirmationPhrase;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The small stores: evidence, saved definitions, failed rows, confirmations, verified tables, views. */
@ExtendWith(PostgresExtension.class)
class LedgerStoresTest {

    private static final BigInteger GREATEST = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

    private LedgerFixture ledger;
    private RegisteredTable table;
    private RegisteredColumn email;

    @BeforeEach
    void registersAColumn(TestDatabase test) throws SQLException {
        ledger = new LedgerFixture(test);
        table = ledger.register(Binding.COLUMN, "email");
        email = table.columns().get(0);
    }

    @Test
    void keepsTheEvidenceOfTheLastRun(TestDatabase test) throws SQLException {
        EvidenceChunk chunk = new EvidenceChunk(
                0, Optional.of(List.of("1", "a")), Optional.of(List.of("9", "z")), 9, 2, BigInteger.ONE);
        EvidenceChunk total = EvidenceChunk.total(9, 2, GREATEST);
        ledger.write(tx -> {
            long run = Runs.in(tx).begin("verify", "alphapulse");
            EvidenceStore evidence = EvidenceStore.in(tx);
            evidence.replace(email, run, List.of(EvidenceChunk.total(1, 0, BigInteger.ZERO)));
            assertThat(evidence.of(email).get(0).sum()).isZero();
            evidence.replace(email, run, List.of(chunk, total));
            assertThat(evidence.of(email)).containsExactly(total, chunk);
        });
        assertThat(test.value("SELECT encode(digest, 'hex') FROM sealway.evidence WHERE chunk_no = 0"))
                .isEqualTo("%064d".formatted(1));
        assertThat(chunk.toString()).isEqualTo("EvidenceChunk[0: 9 rows, 2 nulls]");
        assertThatThrownBy(() -> EvidenceChunk.total(1, 0, GREATEST.add(BigInteger.ONE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void savesDefinitionsAsTheyAreAndInOrder() {
        List<SavedDefinition> definitions = List.of(
                new SavedDefinition("grant", "email", "GRANT SELECT (email) ON public.users TO a"),
                new SavedDefinition("grant", "email", "GRANT SELECT (email) ON public.users TO b"),
                new SavedDefinition(
                        "index", "a?b", "CREATE INDEX \"a?b\" ON public.users (email) WHERE email LIKE '{x}%'"));
        ledger.write(tx -> {
            long first = Runs.in(tx).begin("contract", "alphapulse");
            long second = Runs.in(tx).begin("contract", "alphapulse");
            DefinitionStore store = DefinitionStore.in(tx);
            store.save(table, first, List.of(new SavedDefinition("default", "email", "'?'::text")));
            store.save(table, first, definitions);
            assertThat(store.of(table, first)).isEqualTo(definitions);
            assertThat(store.of(table, second)).isEmpty();
            store.forget(table, first);
            assertThat(store.of(table, first)).isEmpty();
        });
    }

    @Test
    void namesFailedRowsOnceAndForgetsThemWhenTheyPass() {
        ledger.write(tx -> {
            FailedRows failed = FailedRows.in(tx);
            failed.add(email, List.of("1", "CANARY"), "not a phone number");
            failed.add(email, List.of("1", "CANARY"), "too long");
            failed.add(email, List.of("2", ""), "too long");
            assertThat(failed.count(email)).isEqualTo(2);
            assertThat(failed.of(email, 1))
                    .containsExactly(new FailedRows.FailedRow(List.of("1", "CANARY"), "too long"));
            assertThat(failed.of(email, 9).toString()).doesNotContain("CANARY");
            failed.remove(email, List.of("1", "CANARY"));
            assertThat(failed.count(email)).isEqualTo(1);
            failed.clear(email);
            assertThat(failed.count(email)).isZero();
        });
    }

    @Test
    void goesOnUnderThePhraseADropBeganWith() {
        ConfirmationPhrase phrase = ConfirmationPhrase.of("alphapulse", List.of("a.b.c", "a.b.d"));
        ConfirmationPhrase shrunk = ConfirmationPhrase.of("alphapulse", List.of("a.b.d"));
        ledger.write(tx -> {
            Confirmations confirmations = Confirmations.in(tx);
            assertThat(confirmations.openFor("alphapulse")).isEmpty();
            confirmations.open("alphapulse", phrase, List.of("a.b.c", "a.b.d"));
            confirmations.open("alphapulse", phrase, List.of("a.b.d"));
            assertThat(confirmations.openFor("alphapulse"))
                    .contains(new Confirmations.Confirmed(phrase, List.of("a.b.c", "a.b.d")));
            assertThatThrownBy(() -> confirmations.open("alphapulse", shrunk, List.of("a.b.d")))
                    .hasMessageContaining("finish it with the phrase '%s'".formatted(phrase));
            confirmations.close("alphapulse");
            assertThat(confirmations.openFor("alphapulse")).isEmpty();
            confirmations.open("alphapulse", shrunk, List.of("a.b.d"));
            assertThat(confirmations.openFor("other")).isEmpty();
        });
    }

    @Test
    void remembersWhatWasVerifiedAndWhichViewsAreOurs() {
        QualifiedName view = QualifiedName.of("public", "users_sealed");
        ledger.write(tx -> {
            long run = Runs.in(tx).begin("verify", "alphapulse");
            VerifiedTables verified = VerifiedTables.in(tx);
            assertThat(verified.fingerprint(table, 1)).isEmpty();
            verified.remember(table, 1, "f0", run);
            verified.remember(table, 1, "f1", run);
            assertThat(verified.fingerprint(table, 1)).contains("f1");
            SealedViews views = SealedViews.in(tx);
            views.remember(table, view);
            views.remember(table, view);
            assertThat(views.of(table)).containsExactly(view);
            views.forget(view);
            assertThat(views.of(table)).isEmpty();
        });
    }
}
