package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.batch.WalkSettings;
import dev.sealway.config.Wiring;
import dev.sealway.control.RunTerms;
import dev.sealway.error.SealwayException;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.testing.FiledKeys;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.RecordedStatements;
import dev.sealway.testing.RotatedKeys;
import dev.sealway.testing.TestDatabase;
import dev.sealway.workflow.HeldFields;
import dev.sealway.workflow.SealedField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How old the phase and the keys of a held column may be, under a clock of the test's own. */
@ExtendWith(PostgresExtension.class)
class HeldColumnAgeTest {

    private static final String TABLES = """
            tables:
              public.people:
                columns: { email: {} }
            """;
    private static final Duration TERM = Duration.ofMinutes(1);
    private static final Duration A_LITTLE_MORE = TERM.plusSeconds(1);

    private final AtomicLong clock = new AtomicLong();
    private final List<String> notices = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    private FiledKeys keys;

    @BeforeEach
    void expandsPeople(TestDatabase database) throws SQLException, IOException {
        database.execute("CREATE TABLE people (id bigint PRIMARY KEY, email text)");
        keys = FiledKeys.in(directory, database, TABLES);
        keys.sealway().expand(Selection.ALL);
    }

    private SealedField held(DataSource database) {
        Progress progress = new Progress() {
            @Override
            public void notice(String text) {
                notices.add(text);
            }
        };
        WalkSettings settings = Wiring.settings(progress, 100);
        HeldFields fields = Wiring.wire(keys.plan(), Map.of(), database, settings, RunTerms.USUAL)
                .fields(TERM, clock::get);
        return fields.expanded("people.email");
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void sealsNothingOnceItsKeysAreOldAndCannotBeFetched(TestDatabase database) throws IOException {
        SealedField email = held(database.dataSource());
        byte[] sealed = email.seal("x@b.c");
        String bundle = keys.bundle();
        Files.delete(keys.file());

        pass(A_LITTLE_MORE);
        assertThat(email.open(email.seal("x@b.c"))).isEqualTo("x@b.c");
        pass(A_LITTLE_MORE);
        assertThatThrownBy(() -> email.seal("x@b.c"))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("column public.people.email seals nothing")
                .hasMessageNotContaining("x@b.c");
        assertThatThrownBy(() -> email.now().seal("x@b.c")).hasMessageContaining("seals nothing");
        assertThat(email.open(sealed)).isEqualTo("x@b.c");

        keys.put(bundle);
        pass(A_LITTLE_MORE);
        assertThat(email.open(email.seal("x@b.c"))).isEqualTo("x@b.c");
        assertThat(notices).hasSize(2).allSatisfy(n -> assertThat(n).contains("the key bundle was not renewed"));
    }

    @Test
    void sealsNothingOnceItsPhaseIsOldAndCannotBeRead(TestDatabase database) throws SQLException {
        RecordedStatements recorded = new RecordedStatements();
        SealedField email = held(recorded.over(database.dataSource()));
        byte[] sealed = email.seal("x@b.c");
        database.execute("ALTER TABLE sealway.sealed_column RENAME TO out_of_reach");

        pass(A_LITTLE_MORE);
        email.seal("x@b.c");
        int afterFirst = recorded.texts().size();
        for (int i = 0; i < 20; i++) {
            email.seal("x@b.c");
        }
        assertThat(recorded.texts()).as("attempts are paced").hasSize(afterFirst);
        assertThat(notices).singleElement().asString().contains("public.people.email was not renewed");

        pass(A_LITTLE_MORE);
        assertThatThrownBy(() -> email.seal("x@b.c")).hasMessageContaining("the ledger cannot be read");
        assertThatThrownBy(email::now).hasMessageContaining("the ledger cannot be read");
        assertThat(email.open(sealed)).isEqualTo("x@b.c");

        database.execute("ALTER TABLE sealway.out_of_reach RENAME TO sealed_column");
        pass(A_LITTLE_MORE);
        assertThat(email.open(email.seal("x@b.c"))).isEqualTo("x@b.c");
    }

    @Test
    void letsNobodyGoOnWithAPhaseOfYesterday(TestDatabase database) throws Exception {
        SealedField email = held(database.dataSource());
        email.seal("x@b.c");
        pass(Duration.ofDays(1));
        database.execute("UPDATE sealway.sealed_column SET phase = 'backfilled'");
        assertThat(bothWhileTheLedgerIsLocked(database, email::phase))
                .containsExactly(Optional.of(ColumnPhase.BACKFILLED), Optional.of(ColumnPhase.BACKFILLED));
    }

    @Test
    void opensWhatIsOfANewKeyInTwoThreadsAtOnce(TestDatabase database) throws Exception {
        SealedField email = held(database.dataSource());
        email.seal("x@b.c");
        keys.put(RotatedKeys.promoted(RotatedKeys.added(keys.bundle())));
        byte[] ofNewKey = keys.sealway().column("people.email").seal("new@b.c");
        assertThat(bothWhileTheLedgerIsLocked(database, () -> email.open(ofNewKey)))
                .containsExactly("new@b.c", "new@b.c");
    }

    /** The first waits for the ledger, and the second begins then. */
    private static <T> List<T> bothWhileTheLedgerIsLocked(TestDatabase database, Callable<T> work) throws Exception {
        try (Connection session = database.connect();
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute("LOCK TABLE sealway.sealed_column IN ACCESS EXCLUSIVE MODE");
            FutureTask<T> first = new FutureTask<>(work);
            new Thread(first).start();
            while ("0".equals(database.value("SELECT count(*) FROM pg_locks WHERE NOT granted"))) {
                Thread.onSpinWait();
            }
            FutureTask<T> second = new FutureTask<>(work);
            Thread other = new Thread(second);
            other.start();
            while (!second.isDone() && other.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            session.commit();
            return List.of(first.get(), second.get());
        }
    }
}
