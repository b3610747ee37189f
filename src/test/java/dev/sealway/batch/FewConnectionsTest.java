package dev.sealway.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.ledger.Checkpoint;
import dev.sealway.ledger.Work;
import dev.sealway.patience.Patience;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.ScarceDataSource;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.Walks;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Walks that want more connections than there are. */
@Timeout(120)
@ExtendWith(PostgresExtension.class)
class FewConnectionsTest {

    private static final String TABLES = "tables: { public.people: { columns: { email: {} } } }";
    private static final int ROWS = 1_200;
    private static final int ATTEMPTS = 3;

    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final Set<Thread> writing = ConcurrentHashMap.newKeySet();
    private Life life;

    @BeforeEach
    void expandsPeople(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE people (id bigint PRIMARY KEY, email text)",
                "INSERT INTO people SELECT g, 'a' || g FROM generate_series(1, %d) g".formatted(ROWS));
        life = Life.of(database, TABLES).expand();
    }

    /** A pool gives up with the state of its last failure to connect, or with none. */
    private static SQLException refusal(@Nullable String state) {
        return state == null
                ? new SQLTransientConnectionException("Connection is not available")
                : new SQLException("sorry, too many clients already", state);
    }

    private ScarceDataSource source(TestDatabase database, int connections, Supplier<SQLException> refusal) {
        return new ScarceDataSource(database.jdbcUrl(), connections, refusal);
    }

    /** Nobody writes before the one who gets no connection has asked for it. */
    private TableWalk.Result walk(ScarceDataSource source) {
        WalkListener listener = new WalkListener() {
            @Override
            public void sealed(int rows) {
                writing.add(Thread.currentThread());
                while (source.refused() == 0) {
                    Thread.onSpinWait();
                }
            }
        };
        Progress progress = new Progress() {
            @Override
            public void notice(String text) {
                notices.add(text);
            }
        };
        Patience patience = new Patience(ATTEMPTS, Duration.ofMillis(1), Duration.ofMillis(1), () -> 0);
        WalkSettings settings = new WalkSettings(
                        20, Duration.ofSeconds(1), Duration.ofSeconds(30), patience, progress, listener)
                .withWorkers(3);
        WalkedTable table = Walks.table(life, "people");
        return new TableWalk(Database.of(source).reconnecting(patience), TableTask.sealing(table), settings)
                .toTheEnd(Checkpoint.wholeTable(table.registered().id(), Work.BACKFILL, 1, ROWS));
    }

    private static String sealed(TestDatabase database) throws SQLException {
        return database.value("SELECT count(email_encrypted) FROM people");
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 53300", "3, 1, 08001", "5, 2,"})
    void leavesTheRangesToThoseWhoGotConnections(
            int connections, int workers, @Nullable String state, TestDatabase database) throws SQLException {
        ScarceDataSource source = source(database, connections, () -> refusal(state));
        assertThat(walk(source).written()).isEqualTo(ROWS);
        assertThat(sealed(database)).isEqualTo(Integer.toString(ROWS));
        assertThat(writing).hasSize(workers);
        assertThat(source.refused())
                .as("it is neither patient nor followed by others")
                .isEqualTo(1);
        assertThat(notices)
                .singleElement()
                .asString()
                .startsWith("backfill public.people goes on with fewer workers: connecting to the database failed: ")
                .endsWith("; each worker takes two connections");
    }

    @Test
    void waitsForTheConnectionsOfTheFirst(TestDatabase database) throws SQLException {
        try (Connection other = database.connect()) {
            ScarceDataSource source = source(database, 2, () -> {
                close(other);
                return refusal("53300");
            });
            source.count(other);
            assertThat(walk(source).written()).isEqualTo(ROWS);
            assertThat(source.refused()).isEqualTo(2);
        }
        assertThat(writing).hasSize(1);
        assertThat(notices).hasSize(1);
    }

    @Test
    void failsWhereEvenTheFirstGetsNone(TestDatabase database) throws SQLException {
        ScarceDataSource source = source(database, 1, () -> refusal("53300"));
        assertThatThrownBy(() -> walk(source))
                .isInstanceOf(SealwayException.class)
                .hasMessage(
                        "connecting to the database failed: the server has no connection left (SQLSTATE 53300),"
                                + " 3 times in a row. What is committed stays; see to the server, then run it again, which continues");
        assertThat(source.refused()).isEqualTo(ATTEMPTS);
        assertThat(sealed(database)).isEqualTo("0");
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
