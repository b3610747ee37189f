package dev.sealway.chaos;

import dev.sealway.Sealway;
import dev.sealway.phase.purge.PurgeTerms;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** The verbs that are broken off, each with the applications that may write while it runs. */
enum Step {
    EXPAND(s -> Told.of(s.expand(Selection.ALL)), Style.OLD),
    BACKFILL(s -> Told.of(s.backfill(Selection.ALL), r -> r.passed()), Style.OLD, Style.DUAL),
    VERIFY(s -> Told.of(s.verify(Selection.ALL), r -> r.passed()), Style.OLD, Style.DUAL),
    VIEWS(s -> Told.of(s.views(Selection.ALL)), Style.OLD, Style.DUAL),
    BACKUP(s -> Told.of(s.backup(Selection.ALL, directory())), Style.OLD, Style.DUAL),
    CONTRACT(s -> Told.of(s.contract(Selection.ALL, Life.terms(phrase(s)))), Style.OLD, Style.DUAL),
    CUT_OVER(s -> Told.of(s.cutOver(Selection.ALL, Duration.ZERO)), Style.DUAL),
    CONTRACT_CUT_OVER(s -> Told.of(s.contract(Selection.ALL, Life.terms(phrase(s)))), Style.DUAL, Style.NEW),
    PURGE(s -> Told.of(s.purge(Selection.ALL, PurgeTerms.usual())), Style.NEW),
    ROLLBACK(s -> Told.of(s.rollback(Selection.ALL)), Style.OLD, Style.DUAL),
    ROLLBACK_CUT_OVER(s -> Told.of(s.rollback(Selection.ALL)), Style.DUAL, Style.NEW),
    ROLLBACK_DROP(s -> Told.of(s.rollback(Selection.ALL)), Style.NEW);

    /** What a verb said, and whether that is the end of it. */
    record Told(String text, boolean passed) {

        static Told of(Object report) {
            return new Told(String.valueOf(report), true);
        }

        static <T> Told of(T report, Function<T, Boolean> passed) {
            return new Told(String.valueOf(report), passed.apply(report));
        }
    }

    private final Function<Sealway, Told> verb;
    private final Set<Style> styles;

    Step(Function<Sealway, Told> verb, Style... styles) {
        this.verb = verb;
        this.styles = Set.of(styles);
    }

    Told run(Sealway sealway) {
        return verb.apply(sealway);
    }

    Set<Style> styles() {
        return styles;
    }

    /** No backup is ever written over another. */
    private static Path directory() {
        return Path.of("target", "chaos", UUID.randomUUID().toString()).toAbsolutePath();
    }

    private static String phrase(Sealway sealway) {
        return sealway.status(Selection.ALL).phrase().orElse("");
    }
}
