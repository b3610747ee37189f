package dev.sealway.discover;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The words that names are made of, as the resource {@code names.txt} lists and explains them. Immutable. */
final class Lexicon {

    private static final Pattern HEAD = Pattern.compile("(?m)^\\[([a-z0-9_ ]+)]$");

    static final Lexicon KNOWN = read("names.txt");

    private final Map<String, Phrase> phrases = new HashMap<>();
    private final Map<String, Set<String>> lists = new HashMap<>();

    /**
     * What a phrase says.
     *
     * @param strength in percent
     * @param person whether it says so only of a person
     */
    record Phrase(Kind kind, int strength, boolean person) {}

    private Lexicon(String text) {
        List<String> heads = HEAD.matcher(text).results().map(m -> m.group(1)).toList();
        String[] bodies = HEAD.split(text);
        for (int i = 0; i < heads.size(); i++) {
            take(heads.get(i), bodies[i + 1]);
        }
    }

    private static Lexicon read(String resource) {
        try (InputStream in = Objects.requireNonNull(Lexicon.class.getResourceAsStream(resource))) {
            return new Lexicon(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of the program's own cannot be read", e);
        }
    }

    private void take(String head, String body) {
        String[] words = head.split(" ");
        List<String> entries = Stream.of(body.split(","))
                .map(e -> e.strip().replaceAll("\\s+", " "))
                .filter(e -> !e.isEmpty())
                .toList();
        if (words.length > 1 && words[1].matches("[0-9]+")) {
            Phrase phrase = new Phrase(Kind.parse(words[0]), Integer.parseInt(words[1]), words.length > 2);
            entries.forEach(e -> phrases.putIfAbsent(e.replace(" ", ""), phrase));
        } else {
            lists.computeIfAbsent(head, h -> new HashSet<>()).addAll(entries);
        }
    }

    /** @param glued words without anything between them */
    Optional<Phrase> phrase(String glued) {
        return Optional.ofNullable(phrases.get(glued));
    }

    boolean isVeto(String word, Kind kind) {
        return (list("veto").contains(word) && !list("unless " + kind.id()).contains(word)) || isOther(word, kind);
    }

    /** Whether a column of such a name is no {@code kind}, whatever its values look like. */
    boolean isOther(String word, Kind kind) {
        return list("veto " + kind.id()).contains(word);
    }

    boolean isOtherTable(String word, Kind kind) {
        return list("veto table " + kind.id()).contains(word);
    }

    boolean isPerson(String word) {
        return list("people").contains(word) || list("people").contains(Words.singular(word));
    }

    boolean isFiller(String word) {
        return list("fillers").contains(word);
    }

    boolean isGivenName(String word) {
        return list("given names").contains(word);
    }

    private Set<String> list(String name) {
        return lists.getOrDefault(name, Set.of());
    }
}
