package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.batch.WalkListener;
import dev.sealway.crypto.AssociatedData;
import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.Ciphers;
import dev.sealway.crypto.FieldCipher;
import dev.sealway.crypto.Plaintext;
import dev.sealway.error.SealwayException;
import dev.sealway.phase.contract.ContractReport;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Applications;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.Workflows;
import dev.sealway.testing.vault.Administrator;
import dev.sealway.testing.vault.FakeVault;
import dev.sealway.testing.vault.Vaults;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The drop of what Vault sealed: nothing may be left to be done behind the lock. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class TransitBarrierTest {

    private static final String PEOPLE = "tables: { public.people: { columns: { email: {} } } }\n";

    private final FakeVault vault = FakeVault.start();

    @BeforeEach
    void makesTheKey() {
        new Administrator(vault).post("transit/keys/people", Map.of());
    }

    @AfterEach
    void stopsVault() {
        vault.close();
    }

    @Test
    void asksVaultNothingBehindTheLock(TestDatabase database) throws Exception {
        Map<Long, Optional<String>> remembered = Applications.createPeople(database, 300);
        Life life = Life.onVault(database, vault, PEOPLE).toVerified();
        AtomicInteger rounds = new AtomicInteger();
        Progress interfering = new Progress() {
            @Override
            public void done(String step) {
                if (step.startsWith("Proved") && rounds.incrementAndGet() <= 3) {
                    run(database, "UPDATE people SET email = 'late" + rounds.get() + "' WHERE id = 12");
                }
            }
        };
        Watching watching = new Watching(database, Vaults.people(Vaults.connect(vault)));
        ContractReport report = Workflows.of(life, watching, interfering, WalkListener.NONE)
                .contract(Selection.ALL, Life.terms(life.phrase()));
        assertThat(rounds).hasValue(4);
        assertThat(report.tables().get(0).leftovers()).isZero();
        assertThat(watching.asked).hasPositiveValue();
        assertThat(watching.askedBehindALock).hasValue(0);
        remembered.put(12L, Optional.of("late3"));
        assertThat(Applications.opened(database, life.sealway().column("people.email")))
                .isEqualTo(remembered);
    }

    @Test
    @DisplayName("T11 writers who never pause are told of, and nothing is dropped")
    void refusesWhenWritersNeverPause(TestDatabase database) throws SQLException {
        Applications.createPeople(database, 50);
        Life life = Life.onVault(database, vault, PEOPLE).toVerified();
        life.whenTold(step -> {
            if (step.startsWith("Proved")) {
                run(database, "UPDATE people SET email = email || '!' WHERE id = 5");
            }
        });
        assertThatThrownBy(() -> life.contract())
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("public.people")
                .hasMessageContaining("none may be")
                .hasMessageContaining("stop the writers for a moment");
        assertThat(database.value("SELECT count(email) FROM people WHERE id = 5"))
                .isEqualTo("1");
        life.whenTold(step -> {});
        assertThat(life.contract().tables()).hasSize(1);
    }

    @Test
    @DisplayName("T03 no write is lost from backfill to drop")
    void losesNoWrite(TestDatabase database) throws Exception {
        Map<Long, Optional<String>> remembered = Applications.createPeople(database, 500);
        Life life = Life.onVault(database, vault, PEOPLE).batchesOf(50).expand();
        Map<Long, Optional<String>> expected;
        try (Applications applications = Applications.start(database, remembered, 2, 20_260_101, List.of())) {
            applications.await(200);
            life.sealway().backfill(Selection.ALL);
            assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
            applications.await(200);
            expected = applications.stop();
            assertThat(applications.errors()).isEmpty();
        }
        life.contract();
        assertThat(Applications.opened(database, life.sealway().column("people.email")))
                .isEqualTo(expected);
    }

    private static void run(TestDatabase database, String sql) {
        try {
            database.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Looks, before anything is asked, whether somebody holds the table for himself. */
    private static final class Watching implements Ciphers {

        private final TestDatabase database;
        private final Ciphers real;
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger askedBehindALock = new AtomicInteger();

        Watching(TestDatabase database, Ciphers real) {
            this.database = database;
            this.real = real;
        }

        @Override
        public FieldCipher of(String kind, String keyset) {
            FieldCipher cipher = real.of(kind, keyset);
            return new FieldCipher() {
                @Override
                public byte[] seal(Plaintext plaintext, AssociatedData associatedData) {
                    look();
                    return cipher.seal(plaintext, associatedData);
                }

                @Override
                public Plaintext open(byte[] ciphertext, AssociatedData associatedData) {
                    look();
                    return cipher.open(ciphertext, associatedData);
                }

                @Override
                public List<Attempt<byte[]>> sealAll(List<Plaintext> plaintexts, List<AssociatedData> associatedData) {
                    look();
                    return cipher.sealAll(plaintexts, associatedData);
                }

                @Override
                public List<Attempt<Plaintext>> openAll(List<byte[]> ciphertexts, List<AssociatedData> associatedData) {
                    look();
                    return cipher.openAll(ciphertexts, associatedData);
                }

                @Override
                public dev.sealway.crypto.CiphertextForm form() {
                    return cipher.form();
                }

                @Override
                public byte[] primaryPrefix() {
                    return cipher.primaryPrefix();
                }

                @Override
                public boolean isRemote() {
                    return cipher.isRemote();
                }

                @Override
                public int concurrency() {
                    return cipher.concurrency();
                }
            };
        }

        private void look() {
            asked.incrementAndGet();
            try {
                String held = database.value("SELECT count(*) FROM pg_locks WHERE relation = 'people'::regclass"
                        + " AND granted AND mode IN ('AccessExclusiveLock', 'ExclusiveLock', 'ShareRowExclusiveLock')");
                if (!"0".equals(held)) {
                    askedBehindALock.incrementAndGet();
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
