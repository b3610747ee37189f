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
    private static final double COMMENT = 0.8;
    private static final int LONG_COMMENT = 15;
    private static final int SURE = 88;

    /** Words that stand together within a name, and the rest. */
    private record Span(List<String> before, String glued, List<String> after, Phrase phrase) {}

    static Optional<Claim> of(ColumnFacts column) {
        List<String> words = Words.of(column.name());
        return spans(words).stream()
                .filter(s -> stands(s, column))
                .max(Comparator.comparingInt((Span s) -> s.glued.length()).thenComparingInt(s -> strength(s)))
                .map(s -> new Claim(
                        s.phrase.kind(),
                        strength(s),
                        "its name says %s".formatted(s.phrase.kind().words())))
                .or(() -> ofComment(column));
    }

    private static List<Span> spans(List<String> words) {
        List<Span> spans = new ArrayList<>();
        for (int from = 0; from < words.size(); from++) {
            for (int to = from + 1; to <= words.size(); to++) {
                List<String> before = words.subList(0, from);
                List<String> after = words.subList(to, words.size());
                String glued = String.join("", words.subList(from, to));
                Lexicon.KNOWN.phrase(glued).ifPresent(p -> spans.add(new Span(before, glued, after, p)));
            }
        }
        return spans;
    }

    private static boolean stands(Span span, ColumnFacts column) {
        Kind kind = span.phrase.kind();
        List<String> rest = new ArrayList<>(span.before);
        rest.addAll(span.after);
        return kind.standsIn(column.type())
                && rest.stream().noneMatch(w -> Lexicon.KNOWN.isVeto(w, kind))
                && (!span.phrase.person() || isOfAPerson(rest, column.table()));
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
                        || Lexicon.KNOWN.phrase(w).isPresent());
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
