package dev.sealway.discover;

import dev.sealway.discover.Lexicon.Phrase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the name of a column says, or its comment.
 *
 * @param strength in percent
 * @param reason in words
 */
record Claim(Kind kind, int strength, String reason) {

    private static final double OTHER_HEAD = 0.6;
    private static final double LOOK_UP = 0.5;
    private static final double COMMENT = 0.8;
    private static final int LONG_COMMENT = 15;
    private static final int SURE = 88;

    /** Words that stand together within a name, and the rest. */
    private record Span(List<String> before, String glued, List<String> after, Phrase phrase) {}

    static Optional<Claim> of(ColumnFacts column) {
        List<String> words = Words.of(column.name());
        return spans(words).stream()
                .filter(s -> stands(s, column))
                .max(Comparator.comparingInt((Span s) -> strength(s)).thenComparingInt(s -> s.glued.length()))
                .map(s -> of(s.phrase.kind(), strength(s), isLookUp(words, column.table())))
                .or(() -> ofComment(column));
    }

    private static Claim of(Kind kind, int strength, boolean lookUp) {
        return new Claim(
                kind,
                lookUp && strength < SURE ? (int) (LOOK_UP * strength) : strength,
                "its name says %s".formatted(kind.words()));
    }

    private static List<Span> spans(List<String> words) {
        List<Span> spans = new ArrayList<>();
        for (int from = 0; from < words.size(); from++) {
            for (int to = from + 1; to <= words.size(); to++) {
                List<String> before = words.subList(0, from);
                List<String> after = words.subList(to, words.size());
                String glued = String.join("", words.subList(from, to));
                phrase(glued, to - from).ifPresent(p -> spans.add(new Span(before, glued, after, p)));
            }
        }
        return spans;
    }

    /** In a word that was glued by its author an id or a number may be left. */
    private static Optional<Phrase> phrase(String glued, int words) {
        Optional<Phrase> known = Lexicon.KNOWN.phrase(glued);
        return known.isPresent() || words > 1
                ? known
                : Lexicon.KNOWN
                        .phrase(glued.replaceAll("(?<=.{3})(id|no|nr|num|number)$", ""))
                        .filter(p -> p.kind().isNumberOfAPerson());
    }

    private static boolean stands(Span span, ColumnFacts column) {
        Kind kind = span.phrase.kind();
        List<String> rest = new ArrayList<>(span.before);
        rest.addAll(span.after);
        return kind.standsIn(column.type())
                && rest.stream().noneMatch(w -> isVeto(w, kind, column.type()))
                && !isOfOthers(kind, column)
                && (!span.phrase.person() || isOfAPerson(rest, column.table()));
    }

    /** Whether the table is one of things that have the like without being people. */
    static boolean isOfOthers(Kind kind, ColumnFacts column) {
        return Words.of(column.table()).stream().anyMatch(w -> Lexicon.KNOWN.isOtherTable(Words.singular(w), kind));
    }

    /** A number that tells people apart may be called an id; where it is a text it refers to no other row. */
    private static boolean isVeto(String word, Kind kind, ValueType type) {
        boolean number = word.equals("id") && type == ValueType.TEXT && kind.isNumberOfAPerson();
        return !number && Lexicon.KNOWN.isVeto(word, kind);
    }

    /** A table of cities has a column of cities, which says nothing of people. */
    private static boolean isLookUp(List<String> words, String table) {
        List<String> of = Words.of(table);
        return words.size() == 1
                && of.size() == 1
                && Words.singular(words.get(0)).equals(Words.singular(of.get(0)));
    }

    private static boolean isOfAPerson(List<String> rest, String table) {
        List<String> others =
                rest.stream().filter(w -> !Lexicon.KNOWN.isFiller(w)).toList();
        if (others.isEmpty()) {
            List<String> words = Words.of(table);
            return !words.isEmpty() && Lexicon.KNOWN.isPerson(words.get(words.size() - 1));
        }
        return others.stream().allMatch(Lexicon.KNOWN::isPerson);
    }

    /** The last word of a name says what the thing is; what stands before only tells more of it. */
    private static int strength(Span span) {
        boolean head = span.after.stream()
                .allMatch(w -> Lexicon.KNOWN.isFiller(w)
                        || Lexicon.KNOWN.isPerson(w)
                        || Lexicon.KNOWN
                                .phrase(w)
                                .filter(p -> p.kind() == span.phrase.kind())
                                .isPresent());
        return head ? span.phrase.strength() : (int) (OTHER_HEAD * span.phrase.strength());
    }

    private static Optional<Claim> ofComment(ColumnFacts column) {
        List<String> words = column.comment().map(Words::of).orElse(List.of());
        if (words.size() > LONG_COMMENT) {
            return Optional.empty();
        }
        return spans(words).stream()
                .filter(s -> !s.phrase.person() && s.phrase.strength() >= SURE)
                .filter(s -> s.phrase.kind().standsIn(column.type()) && s.glued.length() > 3)
                .max(Comparator.comparingInt(s -> s.glued.length()))
                .map(s -> new Claim(
                        s.phrase.kind(),
                        (int) (COMMENT * s.phrase.strength()),
                        "its comment says %s".formatted(s.phrase.kind().words())));
    }
}
