package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.coverage.Concern;
import dev.sealway.coverage.CoverageReport;
import dev.sealway.coverage.CoverageReport.Fault;
import dev.sealway.coverage.CoverageReport.Rows;
import dev.sealway.coverage.CoverageTerms;
import dev.sealway.error.SealwayException;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.phase.purge.PurgeTerms;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.RecordedStatements;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.transit.InPlaceLife;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a build is told of a database: everything that does not hold, and nothing else. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class CoverageTest {

    private static final CoverageTerms NO_RESIDUE =
            new CoverageTerms(ColumnPhase.VERIFIED, EnumSet.of(Concern.PHASE, Concern.ROWS));

    private TestDatabase database;
    private Life life;

    @BeforeEach
    void fillATable(TestDatabase fresh) throws Exception {
        database = fresh;
        database.execute(
                "CREATE TABLE people (id int PRIMARY KEY, email text, name text)",
                "INSERT INTO people SELECT g, 'CANARY' || g || '@example.org', nullif(g % 10, 0) FROM generate_series(1, 50) g");
        life = Life.of(database, """
                tables:
                  public.people:
                    columns: { email: { search: { normalizer: email } }, name: {} }
                """);
    }

    private CoverageReport look() {
        return look(CoverageTerms.USUAL);
    }

    private CoverageReport look(CoverageTerms terms) {
        CoverageReport report = life.sealway().coverage(Selection.ALL, terms);
        assertThat(report.toString()).doesNotContain("CANARY");
        return report;
    }

    private static CoverageTerms until(ColumnPhase phase) {
        return new CoverageTerms(phase, NO_RESIDUE.concerns());
    }

    private static List<Concern> concerns(CoverageReport report) {
        return report.columns().stream()
                .flatMap(c -> c.faults().stream())
                .map(Fault::concern)
                .distinct()
                .toList();
    }

    private static Rows rows(CoverageReport report, String column) {
        return report.columns().stream()
                .filter(c -> c.name().equals(column))
                .findFirst()
                .flatMap(CoverageReport.Column::rows)
                .orElseThrow();
    }

    @Test
    void findsNothingWhereEveryColumnIsVerified() {
        life.toVerified();
        CoverageReport report = look();
        assertThat(report.faults()).isEmpty();
        assertThat(report.passed()).isTrue();
        assertThat(rows(report, "email")).isEqualTo(new Rows(50, 0, 0, 0, 0, 0));
        assertThat(rows(report, "name")).isEqualTo(new Rows(45, 0, 5, 0, 0, 0));
        assertThat(report.residue()).isEmpty();
    }

    @Test
    void writesNothing() {
        life.toVerified();
        RecordedStatements statements = new RecordedStatements();
        life.through(statements.over(database.dataSource()));
        look();
        assertThat(statements.texts())
                .isNotEmpty()
                .noneMatch(s -> s.matches("(?is)\\s*(INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|LOCK|TRUNCATE)\\b.*"));
    }

    @Test
    void tellsOfColumnsThatNobodyExpandedYetWithoutTheKeys() {
        CoverageReport report = life.sealway(Map.of()).coverage(Selection.ALL, CoverageTerms.USUAL);
        assertThat(report.faults()).hasSize(2).allMatch(f -> f.contains("is not expanded; run 'sealway expand'"));
        assertThat(report.columns()).allMatch(c -> c.phase().isEmpty());
    }

    @Test
    void tellsOfAColumnThatWasAddedToThePlanLater() {
        life.replan("tables: { public.people: { columns: { email: {} } } }\n").toVerified();
        life.replan("tables: { public.people: { columns: { email: {}, name: {} } } }\n");
        assertThat(look().faults()).containsExactly("column public.people.name is not expanded; run 'sealway expand'");
    }

    @Test
    void tellsOfANewColumnThatLooksPersonalAndIsInNoPlan() throws Exception {
        life.toVerified();
        database.execute(
                "ALTER TABLE people ADD COLUMN phone text",
                "UPDATE people SET phone = '+4930' || 10000000 + id",
                "CREATE TABLE lamps (id int PRIMARY KEY, sku text)");
        CoverageReport report = look();
        assertThat(report.faults()).singleElement().asString().startsWith("column public.people.phone looks like ");
        assertThat(look(NO_RESIDUE).passed()).isTrue();
    }

    @Test
    void tellsOfATableThatItCouldNotLookAt() throws Exception {
        life.toVerified();
        database.execute("CREATE TABLE lamps (id int PRIMARY KEY, sku text)", "INSERT INTO lamps VALUES (1, 'x')");
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("LOCK TABLE lamps");
            assertThat(look().unseen()).singleElement().asString().contains("public.lamps", "somebody locks the table");
        }
        assertThat(look().unseen()).isEmpty();
    }

    @Test
    void tellsOfATableThatIsNotThere() {
        life.replan("tables: { public.nobody: { columns: { email: {} } } }\n");
        assertThat(look(NO_RESIDUE).faults())
                .singleElement()
                .asString()
                .contains("public.nobody is not in this database");
    }

    @Test
    void holdsColumnsToAPhase() {
        life.expand();
        assertThat(look(until(ColumnPhase.EXPANDED)).passed()).isTrue();
        assertThat(look(until(ColumnPhase.BACKFILLED)).faults())
                .contains("column public.people.email is expanded, and should be backfilled; run 'sealway backfill'");
        life.toVerified();
        assertThat(look(until(ColumnPhase.CUT_OVER)).faults())
                .contains("column public.people.email is verified, and should be cut over; run 'sealway cutover'");
        life.sealway().cutOver(Selection.ALL, Duration.ZERO);
        assertThat(look(until(ColumnPhase.CUT_OVER)).faults()).isEmpty();
        assertThat(look(until(ColumnPhase.CONTRACTED)).faults())
                .contains("column public.people.email is cut over, and should be contracted; run 'sealway contract'");
    }

    @Test
    void refusesAPhaseThatNobodyAimsAt() {
        assertThatThrownBy(() -> CoverageTerms.parse("reversing", "rows"))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("expanded, backfilled, verified, cut-over, contracted");
        assertThatThrownBy(() -> CoverageTerms.parse("verified", "rows,colums"))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("'colums'")
                .hasMessageContaining("phase, rows");
        assertThat(CoverageTerms.parse("Cut-Over", "rows, PHASE"))
                .isEqualTo(new CoverageTerms(ColumnPhase.CUT_OVER, EnumSet.of(Concern.ROWS, Concern.PHASE)));
    }

    @Test
    void tellsOfRowsThatBecameStale() throws Exception {
        life.toVerified();
        database.execute("UPDATE people SET email = 'other@example.org' WHERE id IN (7, 8)");
        CoverageReport report = look();
        assertThat(concerns(report)).containsExactly(Concern.ROWS);
        assertThat(report.faults())
                .containsExactly(
                        "column public.people.email has 2 rows whose plaintext is not encrypted, or changed since; run 'sealway backfill'");
        assertThat(rows(report, "email")).isEqualTo(new Rows(48, 0, 0, 2, 0, 0));
    }

    @Test
    void takesRowsThatABackfillHasNotReachedForNoFault() {
        life.expand();
        assertThat(look(until(ColumnPhase.EXPANDED)).faults()).isEmpty();
    }

    @Test
    void tellsOfRowsThatDoNotDecrypt() throws Exception {
        life.toVerified();
        database.execute("ALTER TABLE people DISABLE TRIGGER USER", """
                UPDATE people SET name_encrypted = set_byte(name_encrypted, 20, get_byte(name_encrypted, 20) # 1) WHERE id = 3""");
        CoverageReport report = look();
        assertThat(rows(report, "name").wrong()).isOne();
        assertThat(report.faults())
                .anyMatch(f -> f.startsWith("column public.people.name has 1 row that does not decrypt"))
                .anyMatch(f -> f.contains("the guard of public.people does not stand"));
    }

    @Test
    void needsTheKeysForRowsAlone() {
        life.toVerified();
        CoverageTerms phases = new CoverageTerms(ColumnPhase.VERIFIED, EnumSet.of(Concern.PHASE, Concern.RESIDUE));
        assertThat(life.sealway(Map.of()).coverage(Selection.ALL, phases).passed())
                .isTrue();
        assertThatThrownBy(() -> life.sealway(Map.of()).coverage(Selection.ALL, NO_RESIDUE))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("SEALWAY_KEYS");
        assertThatThrownBy(() -> life.rekey(Life.freshKeys()).sealway().coverage(Selection.ALL, NO_RESIDUE))
                .isInstanceOf(SealwayException.class);
    }

    @Test
    void decryptsWhatIsLeftAfterTheDrop() throws Exception {
        life.toContracted();
        CoverageReport report = look(until(ColumnPhase.CONTRACTED));
        assertThat(report.faults()).isEmpty();
        assertThat(rows(report, "name")).isEqualTo(new Rows(45, 0, 5, 0, 0, 0));
        database.execute("UPDATE people SET name_encrypted = email_encrypted WHERE id = 3");
        assertThat(look(until(ColumnPhase.CONTRACTED)).faults())
                .containsExactly("column public.people.name has 1 row that does not decrypt, or not to what it should;"
                        + " run 'sealway verify --evidence', and 'sealway restore' with a backup");
    }

    @Test
    void tellsOfPlaintextThatLingersUntilItIsPurged() throws Exception {
        life.toContracted();
        CoverageReport report = look();
        assertThat(report.passed()).isFalse();
        assertThat(report.lingering()).extracting(t -> t.place()).contains("pages", "statistics", "write-ahead log");
        assertThat(report.columns()).allMatch(CoverageReport.Column::passed);
        life.sealway().purge(Selection.ALL, new PurgeTerms(Duration.ofMinutes(1), false));
        assertThat(look().lingering())
                .extracting(t -> t.place())
                .doesNotContain("pages", "statistics")
                .isSubsetOf("write-ahead log");
    }

    @Test
    void tellsOfAColumnThatSomebodyAddedAgain() throws Exception {
        life.toContracted();
        database.execute("ALTER TABLE people ADD COLUMN email text");
        assertThat(look().faults())
                .anyMatch(f -> f.startsWith(
                        "column public.people.email was dropped, and a column of that name is there again"));
        assertThat(look(NO_RESIDUE).faults()).isEmpty();
    }

    @Test
    void looksWhileARunIsUnderWay() {
        List<CoverageReport> seen = new ArrayList<>();
        life.whenTold(step -> {
            if (step.startsWith("Added column") && seen.isEmpty()) {
                seen.add(look(until(ColumnPhase.EXPANDED)));
            }
        });
        life.expand();
        assertThat(seen).singleElement().satisfies(r -> assertThat(r.columns()).hasSize(2));
    }

    @Test
    void countsRowsInPlace(TestDatabase db) throws Exception {
        db.execute(
                "CREATE TABLE orders (id int PRIMARY KEY, name text, anonymous boolean NOT NULL)",
                "INSERT INTO orders SELECT g, nullif('CANARY' || g, 'CANARY1'), g = 2 FROM generate_series(1, 20) g");
        InPlaceLife inPlace = InPlaceLife.of(db, """
                tables:
                  public.orders: { mode: in-place, cipher: transit, where: not anonymous, columns: { name: {} } }
                """);
        inPlace.expand();
        assertThat(inPlace.backfill().passed()).isTrue();
        assertThat(inPlace.verify().passed()).isTrue();
        db.execute("UPDATE orders SET name = 'CANARY again' WHERE id = 5");
        CoverageReport report = inPlace.workflow().coverage(Selection.ALL, until(ColumnPhase.CONTRACTED));
        assertThat(rows(report, "name")).isEqualTo(new Rows(17, 0, 1, 1, 1, 0));
        assertThat(concerns(report)).containsExactly(Concern.ROWS);
        assertThat(inPlace.workflow()
                        .coverage(Selection.ALL, CoverageTerms.USUAL)
                        .lingering())
                .isNotEmpty();
    }

    @Test
    void asksForVerifyAgainWhereACutOverColumnIsDistrusted() throws Exception {
        life.toVerified();
        life.sealway().cutOver(Selection.ALL, Duration.ZERO);
        database.execute(
                "UPDATE sealway.sealed_column SET verified_at = NULL, verified_run = NULL WHERE plaintext = 'name'");
        assertThat(look(NO_RESIDUE).faults())
                .containsExactly(
                        "column public.people.name is cut over, and not verified any more; run 'sealway verify'");
        assertThat(Optional.of(look(until(ColumnPhase.BACKFILLED))).filter(CoverageReport::passed))
                .isPresent();
    }
}
