package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.Sealway;
import dev.sealway.application.Residence;
import dev.sealway.application.ValueType;
import dev.sealway.crypto.OpenFailedException;
import dev.sealway.error.SealwayException;
import dev.sealway.plan.Selection;
import dev.sealway.testing.FiledKeys;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.RecordedStatements;
import dev.sealway.testing.RotatedKeys;
import dev.sealway.testing.Sabotage;
import dev.sealway.testing.TestDatabase;
import dev.sealway.workflow.SealedField;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A column that an application asks for once and holds. */
@ExtendWith(PostgresExtension.class)
class HeldColumnTest {

    private static final String TABLES = """
            tables:
              public.people:
                columns:
                  email: { search: { normalizer: email, accept-leakage: "few rows" } }
                  balance: {}
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void createsPeople(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE people (id bigint PRIMARY KEY, email varchar(30), balance numeric(12,2))",
                "INSERT INTO people SELECT g, 'a' || g || '@b.c', g FROM generate_series(1, 20) g");
    }

    @Test
    void asksTheDatabaseOnceForManyValues(TestDatabase database) {
        RecordedStatements recorded = new RecordedStatements();
        Life life = Life.of(database, TABLES).expand().through(recorded.over(database.dataSource()));
        Sealway sealway = life.sealway();
        sealway.column("people.email").seal("first@b.c");
        int before = recorded.texts().size();

        for (int i = 0; i < 100; i++) {
            SealedField email = sealway.column("people.email");
            assertThat(email.open(email.seal("x@b.c"))).isEqualTo("x@b.c");
            assertThat(email.searchToken("X@b.c")).isEqualTo(email.searchToken("x@B.C"));
        }
        assertThat(recorded.texts()).hasSize(before);
    }

    @Test
    void fetchesTheBundleWhenItMeetsAKeyThatWasAddedElsewhere(TestDatabase database) throws Exception {
        FiledKeys keys = FiledKeys.in(directory, database, TABLES);
        keys.sealway().expand(Selection.ALL);
        SealedField held = keys.sealway().column("people.email");
        byte[] ofOldKey = held.seal("old@b.c");

        keys.put(RotatedKeys.promoted(RotatedKeys.added(keys.bundle())));
        byte[] ofNewKey = keys.sealway().column("people.email").seal("new@b.c");
        assertThat(keyOf(held.seal("still@b.c"))).isEqualTo(keyOf(ofOldKey));

        assertThat(held.open(ofNewKey)).isEqualTo("new@b.c");
        assertThat(held.open(ofOldKey)).isEqualTo("old@b.c");
        assertThat(keyOf(held.seal("fresh@b.c"))).isEqualTo(keyOf(ofNewKey));
    }

    @Test
    void keepsItsBundleWhereTheStoreHoldsAnotherDatabases(TestDatabase database) throws Exception {
        FiledKeys keys = FiledKeys.in(directory, database, TABLES);
        keys.sealway().expand(Selection.ALL);
        SealedField held = keys.sealway().column("people.email");
        byte[] own = held.seal("own@b.c");
        keys.put(Life.freshKeys());
        byte[] foreign = own.clone();
        foreign[1] ^= 1;

        assertThatThrownBy(() -> held.open(foreign))
                .isInstanceOfSatisfying(OpenFailedException.class, e -> assertThat(e.reason())
                        .isEqualTo(OpenFailedException.Reason.UNKNOWN_KEY));
        assertThat(held.open(own)).isEqualTo("own@b.c");
    }

    @Test
    void fetchesTheBundleAfterATime(TestDatabase database) throws Exception {
        FiledKeys keys = FiledKeys.in(directory, database, TABLES);
        keys.sealway().expand(Selection.ALL);
        SealedField held = Sealway.plan(keys.plan())
                .refresh(Duration.ofNanos(1))
                .on(database.dataSource())
                .column("people.email");
        String before = keyOf(held.seal("x@b.c"));

        keys.put(RotatedKeys.promoted(RotatedKeys.added(keys.bundle())));
        held.seal("x@b.c");
        assertThat(keyOf(held.seal("x@b.c"))).isNotEqualTo(before);
    }

    @Test
    void worksBeforeExpandOnlyWhereValuesHaveAPlainHome(TestDatabase database) {
        Sealway sealway = Life.of(database, TABLES).sealway();
        assertThat(sealway.column("people.email", ValueType.TEXT).write("x@b.c").columns())
                .isEqualTo("\"email\"");
        assertThatThrownBy(() -> sealway.column("people.email"))
                .isInstanceOf(SealwayException.class)
                .hasMessage("column public.people.email is not expanded; run 'sealway expand' first");
        assertThatThrownBy(() -> sealway.column("people.phone")).hasMessageContaining("no column 'people.phone'");
    }

    @Test
    void noticesAtOnceWhatTheSameSealwayDid(TestDatabase database) {
        Sealway sealway = Life.of(database, TABLES).sealway();
        var email = sealway.column("people.email", ValueType.TEXT);
        assertThat(email.read().columns()).isEqualTo("\"email\"::pg_catalog.text");
        sealway.expand(Selection.ALL);
        assertThat(email.write(null).assignments())
                .isEqualTo("\"email\" = ?, \"email_encrypted\" = ?, \"email_search\" = ?");
        assertThat(email.lookUp("x@b.c").condition()).isEqualTo("(\"email\" = ? OR \"email_search\" = ?)");
    }

    @Test
    void noticesWhatAVerbDidAlsoWhereSomebodyAskedMeanwhile(TestDatabase database) {
        List<Residence> met = new ArrayList<>();
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        DataSource sessions = interrupted(database.dataSource(), meanwhile);
        Sealway sealway = Life.of(database, TABLES).through(sessions).sealway();
        var email = sealway.column("people.email", ValueType.TEXT);
        meanwhile.set(() -> met.add(email.residence()));
        sealway.expand(Selection.ALL);
        meanwhile.set(() -> {});
        assertThat(met).startsWith(Residence.PLAINTEXT);
        assertThat(email.residence()).isEqualTo(Residence.BOTH);
    }

    /** Runs something once in every session that is opened, before it is used, and not in those that this opens. */
    private static DataSource interrupted(DataSource sessions, AtomicReference<Runnable> meanwhile) {
        AtomicBoolean busy = new AtomicBoolean();
        return (DataSource) Proxy.newProxyInstance(
                HeldColumnTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    if (busy.compareAndSet(false, true)) {
                        meanwhile.get().run();
                        busy.set(false);
                    }
                    return method.invoke(sessions, arguments);
                });
    }

    @Test
    void looksAtTheLedgerAndTheCatalogueAsTheyWereAtOneMoment(TestDatabase database) {
        Life life = Life.of(database, TABLES).expand();
        AtomicInteger queries = new AtomicInteger();
        int interruptedAt = 0;
        do {
            life.sealway().rollback(Selection.ALL);
            int next = ++interruptedAt;
            queries.set(0);
            Sabotage sabotage = new Sabotage(database, statement -> {
                if (statement.contains(" FROM ") && queries.incrementAndGet() == next) {
                    life.expand();
                }
                return Sabotage.Harm.NONE;
            });
            assertThat(Sealway.plan(life.plan())
                            .environment(life.environment())
                            .on(sabotage.dataSource())
                            .column("people.balance", ValueType.NUMERIC)
                            .residence())
                    .isIn(Residence.PLAINTEXT, Residence.BOTH);
        } while (queries.get() >= interruptedAt);
        assertThat(interruptedAt).isGreaterThan(3);
    }

    @Test
    void looksAgainWhereTheConnectionIsLost(TestDatabase database) {
        Life life = Life.of(database, TABLES).expand();
        AtomicInteger queries = new AtomicInteger();
        Sabotage sabotage = new Sabotage(
                database,
                statement -> statement.contains(" FROM ") && queries.incrementAndGet() == 2
                        ? Sabotage.Harm.ENDED
                        : Sabotage.Harm.NONE);
        assertThat(Sealway.plan(life.plan())
                        .environment(life.environment())
                        .on(sabotage.dataSource())
                        .column("people.balance", ValueType.NUMERIC)
                        .residence())
                .isEqualTo(Residence.BOTH);
        assertThat(queries).hasValueGreaterThan(3);
    }

    @Test
    void opensWhatWasAskedForBeforeTheColumnWentOn(TestDatabase database) throws SQLException {
        Life life = Life.of(database, TABLES).toContracted();
        var email = life.sealway().column("people.email", ValueType.TEXT);
        var reading = email.read();
        try (var connection = database.connect();
                var select = connection.createStatement();
                var row = select.executeQuery("SELECT %s FROM people WHERE id = 7".formatted(reading.columns()))) {
            assertThat(row.next()).isTrue();
            life.sealway().rollback(Selection.ALL);
            email.refresh();
            assertThat(email.residence()).isEqualTo(Residence.PLAINTEXT);
            assertThat(reading.value(row, 1)).isEqualTo("a7@b.c");
        }
    }

    @Test
    void refusesTablesAndColumnsThatTheLedgerHasUnderAnotherName(TestDatabase database) throws SQLException {
        Life life = Life.of(database, TABLES).expand();
        database.execute("ALTER TABLE people RENAME TO persons");
        life.replan(TABLES.replace("people", "persons"));
        assertThatThrownBy(() ->
                        life.sealway().column("persons.email", ValueType.TEXT).write("x@b.c"))
                .isInstanceOf(SealwayException.class)
                .hasMessage(
                        "table public.persons was renamed since the last run, and the ledger still has it as public.people; run 'sealway expand' first");
        database.execute("ALTER TABLE persons RENAME TO people", "ALTER TABLE people RENAME email TO mail");
        life.replan(TABLES.replace("email: {", "mail: {"));
        assertThatThrownBy(() ->
                        life.sealway().column("people.mail", ValueType.TEXT).read())
                .hasMessageContaining("column public.people.mail was renamed since the last run")
                .hasMessageContaining("still has it as email");
        life.expand();
        assertThat(life.sealway().column("people.mail", ValueType.TEXT).residence())
                .isEqualTo(Residence.BOTH);
    }

    @Test
    void asksForTheWholeRowKey(TestDatabase database) throws SQLException {
        database.execute("CREATE TABLE cards (tenant int, id int, number text, PRIMARY KEY (tenant, id))");
        Life life = Life.of(database, """
                tables:
                  public.cards:
                    bind: row
                    columns: { number: {} }
                """);
        var before = life.sealway().column("cards.number", ValueType.TEXT);
        assertThatThrownBy(() -> before.write("secret")).hasMessageContaining("bind: row");
        assertThatThrownBy(() -> before.write("secret", "1")).hasMessageContaining("2 columns, and not 1");
        assertThat(before.write("secret", "1", "2").columns()).isEqualTo("\"number\"");
        assertThat(before.write(null).columns()).isEqualTo("\"number\"");

        SealedField number = life.expand().sealway().column("cards.number");
        byte[] sealed = number.seal("secret", "1", "2");
        assertThat(number.open(sealed, "1", "2")).isEqualTo("secret");
        assertThatThrownBy(() -> number.seal("secret", "1")).hasMessageContaining("2 columns, and not 1");
        assertThatThrownBy(() -> number.open(sealed, "1", "2", "3")).hasMessageContaining("2 columns, and not 3");
        assertThatThrownBy(() -> number.open(sealed)).hasMessageContaining("bind: row");
    }

    @Test
    void refusesALookUpWithoutABlindIndexInEveryPhase(TestDatabase database) {
        Life life = Life.of(database, TABLES);
        for (int i = 0; i < 2; i++) {
            var balance = life.sealway().column("people.balance", ValueType.NUMERIC);
            assertThatThrownBy(() -> balance.lookUp(BigDecimal.ONE))
                    .isInstanceOf(SealwayException.class)
                    .hasMessageContaining("column balance has no blind index");
            assertThat(life.sealway().column("people.email", ValueType.TEXT).lookUp("x@b.c"))
                    .isNotNull();
            life.expand();
        }
    }

    @Test
    void sealsWhatTheColumnWouldHoldAndNothingElse(TestDatabase database) {
        Life life = Life.of(database, TABLES).toVerified();
        var balance = life.sealway().column("people.balance", ValueType.NUMERIC);
        var text = life.sealway().column("people.balance");
        assertThat(text.open(sealed(balance.seal(new BigDecimal("1.5"))))).isEqualTo("1.50");
        assertThat(balance.open(text.seal("12.30"))).isEqualTo(new BigDecimal("12.30"));
        assertThat(balance.seal(null)).isNull();
        assertThat(balance.open(null)).isNull();
        assertThat(life.sealway().column("people.email", ValueType.TEXT).searchToken(null))
                .isNull();
        assertThatThrownBy(() ->
                        life.sealway().column("people.email", ValueType.NUMERIC).seal(BigDecimal.ONE))
                .hasMessageContaining(
                        "column public.people.email is of type character varying, which NUMERIC does not write");
        assertThatThrownBy(() ->
                        life.sealway().column("people.email", ValueType.TEXT).seal("secret".repeat(6)))
                .hasMessage(
                        "a value for column public.people.email was refused: a text is longer than the column holds");
        assertThatThrownBy(() -> balance.open(text.seal("secret")))
                .hasMessageContaining("a value of column public.people.balance cannot be read as NUMERIC")
                .hasMessageNotContaining("secret");
    }

    @Test
    void knowsTheColumnsTypeAlsoAfterTheDrop(TestDatabase database) {
        Life life = Life.of(database, TABLES).toContracted();
        var balance = life.sealway().column("people.balance", ValueType.NUMERIC);
        assertThat(life.sealway().column("people.balance").open(sealed(balance.seal(BigDecimal.TEN))))
                .isEqualTo("10.00");
        assertThat(balance.read().columns()).isEqualTo("\"balance_encrypted\"");
        assertThat(balance.toString()).isEqualTo("SealedColumn[public.people.balance NUMERIC]");
    }

    @Test
    void printsNoValues(TestDatabase database) {
        Life life = Life.of(database, TABLES).expand();
        var email = life.sealway().column("people.email", ValueType.TEXT);
        assertThat(List.of(
                        email.write("secret").toString(), email.lookUp("secret").toString()))
                .allSatisfy(text -> assertThat(text).doesNotContain("secret").contains("email"));
    }

    private static byte[] sealed(byte[] ciphertext) {
        assertThat(ciphertext).isNotNull();
        return ciphertext;
    }

    private static String keyOf(byte[] ciphertext) {
        return HexFormat.of().formatHex(ciphertext, 1, 5);
    }
}
