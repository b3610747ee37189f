package dev.sealway.chaos;

import dev.sealway.Sealway;
import dev.sealway.phase.purge.PurgeTerms;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.workflow.RestoreTerms;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The verbs that are broken off, each with the applications that may write while it runs. */
enum Step {
    EXPAND((s, folder) -> Told.of(s.expand(Selection.ALL)), Style.OLD),
    BACKFILL((s, folder) -> Told.of(s.backfill(Selection.ALL), r -> r.passed()), Style.OLD, Style.DUAL),
    VERIFY((s, folder) -> Told.of(s.verify(Selection.ALL), r -> r.passed()), Style.OLD, Style.DUAL),
    VIEWS((s, folder) -> Told.of(s.views(Selection.ALL)), Style.OLD, Style.DUAL),
    BACKUP((s, folder) -> Told.of(s.backup(Selection.ALL, folder.path())), Style.OLD, Style.DUAL),
    REHEARSE((s, folder) -> Told.of(s.rehearse(Selection.ALL, 50), r -> r.passed()), Style.OLD, Style.DUAL),
    CONTRACT((s, folder) -> Told.of(s.contract(Selection.ALL, Life.terms(phrase(s)))), Style.OLD, Style.DUAL),
    CUT_OVER((s, folder) -> Told.of(s.cutOver(Selection.ALL, Duration.ZERO)), Style.DUAL),
    CONTRACT_CUT_OVER((s, folder) -> Told.of(s.contract(Selection.ALL, Life.terms(phrase(s)))), Style.DUAL, Style.NEW),
    /** Of some rows whose ciphertexts were damaged before. */
    RESTORE(
            (s, folder) -> Told.of(s.restore(folder.newest(), new RestoreTerms(false, false)), r -> r.passed()),
            Style.NEW) {
        @Override
        void prepare(Scene scene) throws SQLException {
            scene.execute(DAMAGE);
        }
    },
    PURGE((s, folder) -> Told.of(s.purge(Selection.ALL, PurgeTerms.usual())), Style.NEW),
    ROLLBACK((s, folder) -> Told.of(s.rollback(Selection.ALL)), Style.OLD, Style.DUAL),
    ROLLBACK_CUT_OVER((s, folder) -> Told.of(s.rollback(Selection.ALL)), Style.DUAL, Style.NEW),
    ROLLBACK_DROP((s, folder) -> Told.of(s.rollback(Selection.ALL)), Style.NEW);

    /** What a verb said, and whether that is the end of it. */
    record Told(String text, boolean passed) {

        static Told of(Object report) {
            return new Told(String.valueOf(report), true);
        }

        static <T> Told of(T report, Function<T, Boolean> passed) {
            return new Told(String.valueOf(report), passed.apply(report));
        }
    }

    /** No application wrote these rows since the backup, so it must be the backup that they come back from. */
    private static final String DAMAGE = """
            UPDATE people
               SET name_encrypted = overlay(name_encrypted PLACING '\\xdeadbeef'::bytea FROM 20),
                   email_encrypted = CASE WHEN id % 2 = 0 THEN overlay(email_encrypted PLACING '\\xdeadbeef'::bytea FROM 20)
                                          ELSE email_encrypted END
             WHERE v = 0 AND id % 3 = 0""";

    private final BiFunction<Sealway, Folder, Told> verb;
    private final Set<Style> styles;

    Step(BiFunction<Sealway, Folder, Told> verb, Style... styles) {
        this.verb = verb;
        this.styles = Set.of(styles);
    }

    /** @param folder of the backups */
    Told run(Sealway sealway, Folder folder) {
        return verb.apply(sealway, folder);
    }

    /** What has happened before it runs for the first time. */
    void prepare(Scene scene) throws SQLException {}

    /** Whether applications that write plaintext alone can be too fast for it. */
    boolean wantsSealedRows() {
        return this == REHEARSE || this == CONTRACT || this == CONTRACT_CUT_OVER;
    }

    Set<Style> styles() {
        return styles;
    }

    private static String phrase(Sealway sealway) {
        return sealway.status(Selection.ALL).phrase().orElse("");
    }
}
