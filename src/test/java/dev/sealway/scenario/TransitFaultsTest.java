package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.batch.WalkListener;
import dev.sealway.crypto.Ciphers;
import dev.sealway.error.SealwayException;
import dev.sealway.phase.backfill.BackfillReport;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.Workflows;
import dev.sealway.testing.vault.Administrator;
import dev.sealway.testing.vault.FakeVault;
import dev.sealway.testing.vault.Meddling;
import dev.sealway.testing.vault.Vaults;
import dev.sealway.workflow.SealedField;
import dev.sealway.workflow.Workflow;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a backfill when Vault fails it in the middle: it waits, then gives up, then goes on; no row gets another's value. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class TransitFaultsTest {

    private static final String PEOPLE = "tables: { public.people: { columns: { email: {}, name: {} } } }\n";
    /** More batches than are ever read ahead of the writer. */
    private static final int ROWS = 1_200;

    private final FakeVault vault = FakeVault.start();
    private final Administrator administrator = new Administrator(vault);
    private Life life;

    @BeforeEach
    void createsPeopleAndTheirKey(TestDatabase database) throws SQLException {
        administrator.post("transit/keys/people", Map.of());
        database.execute(
                "CREATE TABLE people (id int PRIMARY KEY, email text, name text)",
                "INSERT INTO people SELECT g, 'CNRY-e' || g, CASE WHEN g % 7 > 0 THEN 'CNRY-n' || g END FROM generate_series(1, "
                        + ROWS + ") g");
        life = Life.onVault(database, vault, PEOPLE).expand();
    }

    @AfterEach
    void stopsVault() {
        vault.close();
    }

    @Test
    @DisplayName(
            "T34 a Vault that is sealed in the middle ends the walk clearly; the next run goes on after the last batch")
    void resumesAfterVaultWasSealed(TestDatabase database) throws SQLException {
        failsInTheMiddle(workflow(root(), afterBatches(5, batch -> vault.seal())), "is sealed");
        int before = sealed(database);
        assertThat(before).isBetween(100, ROWS - 1);
        vault.unseal();
        BackfillReport.Table resumed =
                life.sealway().backfill(Selection.ALL).tables().get(0);
        assertThat(resumed.failures()).isEmpty();
        assertThat(resumed.written() + resumed.caughtUp()).isEqualTo(ROWS - before);
        requireEveryRowItsOwn(database);
    }

    @Test
    @DisplayName("T34 a Vault that throttles is waited for, and given up when it does not end")
    void resumesAfterThrottling(TestDatabase database) throws SQLException {
        vault.next("encrypt/people", Meddling.throttled(0), Meddling.status(412, "{}"), Meddling.reset());
        failsInTheMiddle(workflow(root(), afterBatches(3, batch -> vault.limitTo(0))), "429");
        vault.limitTo(Integer.MAX_VALUE);
        assertThat(life.sealway().backfill(Selection.ALL).passed()).isTrue();
        requireEveryRowItsOwn(database);
    }

    @Test
    void logsInAgainWhenItsTokenExpiresInTheMiddle(TestDatabase database) throws SQLException {
        Ciphers ciphers = Vaults.people(Vaults.connect(vault, Map.of("auth", "approle"), appRole()));
        Workflow workflow = workflow(ciphers, afterBatches(4, batch -> vault.expireTokens()));
        assertThat(workflow.backfill(Selection.ALL).passed()).isTrue();
        assertThat(vault.logins()).isGreaterThan(1);
        requireEveryRowItsOwn(database);
    }

    @Test
    void failsClearlyWhenAPlainTokenExpiresInTheMiddle(TestDatabase database) throws SQLException {
        String token = administrator.tokenFor("people", "path \"transit/*\" { capabilities = [\"read\", \"update\"] }");
        Ciphers ciphers = Vaults.people(Vaults.connect(vault, token, Map.of()));
        failsInTheMiddle(
                workflow(ciphers, afterBatches(4, batch -> vault.expireTokens())), "check that the token is valid");
        assertThat(life.sealway().backfill(Selection.ALL).passed()).isTrue();
        requireEveryRowItsOwn(database);
    }

    static List<Meddling> lies() {
        return List.of(
                Meddling.shuffled(),
                Meddling.shortened(),
                Meddling.truncated(),
                Meddling.reset(),
                Meddling.status(200, "{}"),
                Meddling.status(400, "{\"errors\":[\"CNRY-body\"]}"),
                Meddling.status(500, "{\"errors\":[\"CNRY-body\"]}"),
                Meddling.status(503, "CNRY-body"));
    }

    @ParameterizedTest
    @MethodSource("lies")
    @DisplayName("T52 answers that are shuffled, short, torn or wrong never give a row another's value")
    void neverMixesRowsUp(Meddling lie, TestDatabase database) throws SQLException {
        Workflow workflow = workflow(root(), afterBatches(2, batch -> vault.next("encrypt/people", lie, lie, lie)));
        try {
            workflow.backfill(Selection.ALL);
        } catch (SealwayException e) {
            requireQuiet(e);
        }
        vault.meddleNoMore();
        assertThat(life.sealway().backfill(Selection.ALL).passed()).isTrue();
        requireEveryRowItsOwn(database);
    }

    @Test
    @DisplayName("T52 a value that Vault alone refuses leaves its own row behind, and no other")
    void leavesOnlyTheRefusedRowBehind(TestDatabase database) throws SQLException {
        Workflow workflow =
                workflow(root(), afterBatches(2, batch -> vault.next("encrypt/people", Meddling.refused(1))));
        BackfillReport.Table report = workflow.backfill(Selection.ALL).tables().get(0);
        assertThat(report.dirty() + sealed(database)).isEqualTo(ROWS);
        assertThat(life.sealway().backfill(Selection.ALL).passed()).isTrue();
        requireEveryRowItsOwn(database);
    }

    private Map<String, String> appRole() {
        administrator.post(
                "sys/policies/acl/sealer",
                Map.of("policy", "path \"transit/*\" { capabilities = [\"read\", \"update\"] }"));
        administrator.post("sys/auth/approle", Map.of("type", "approle"));
        administrator.post(
                "auth/approle/role/sealer", Map.of("token_policies", List.of("sealer"), "token_ttl", "600s"));
        Object role =
                administrator.get("auth/approle/role/sealer/role-id").data().get("role_id");
        Object secret = administrator
                .post("auth/approle/role/sealer/secret-id", Map.of())
                .data()
                .get("secret_id");
        return Map.of("VAULT_ROLE_ID", (String) role, "VAULT_SECRET_ID", (String) secret);
    }

    private Ciphers root() {
        return Vaults.people(Vaults.connect(vault));
    }

    private Workflow workflow(Ciphers ciphers, WalkListener listener) {
        return Workflows.of(life, ciphers, Progress.NONE, listener);
    }

    private static WalkListener afterBatches(int batches, Consumer<Integer> then) {
        AtomicInteger committed = new AtomicInteger();
        return new WalkListener() {
            @Override
            public void committed(int rows) {
                if (committed.incrementAndGet() == batches) {
                    then.accept(batches);
                }
            }
        };
    }

    private void failsInTheMiddle(Workflow workflow, String why) {
        assertThatThrownBy(() -> workflow.backfill(Selection.ALL))
                .isInstanceOfSatisfying(SealwayException.class, TransitFaultsTest::requireQuiet)
                .hasMessageContaining(vault.address())
                .hasMessageContaining(why);
    }

    private static void requireQuiet(SealwayException failure) {
        assertThat(failure).hasNoCause();
        assertThat(failure.getMessage()).doesNotContain("CNRY");
    }

    private static int sealed(TestDatabase database) throws SQLException {
        return Integer.parseInt(database.value("SELECT count(email_encrypted) FROM people"));
    }

    private void requireEveryRowItsOwn(TestDatabase database) throws SQLException {
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
        SealedField email = life.sealway().column("people.email");
        SealedField name = life.sealway().column("people.name");
        for (List<String> row :
                database.rows("SELECT id, email_encrypted, name_encrypted FROM people WHERE id % 5 = 0")) {
            assertThat(email.openText(row.get(1))).isEqualTo("CNRY-e" + row.get(0));
            if (row.get(2) != null) {
                assertThat(name.openText(row.get(2))).isEqualTo("CNRY-n" + row.get(0));
            }
        }
    }
}
