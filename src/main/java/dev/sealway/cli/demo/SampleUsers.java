package dev.sealway.cli.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Users and what describes them, with the awkward values that real tables have. */
final class SampleUsers {
    private static final String[] FIRST_NAMES = {
        "Ada",
        "Grace",
        "Linus",
        "Zoë",
        "José",
        "Jose\u0301",
        "Siobhán",
        "李",
        "O'Neil",
        "🦊",
        "",
        "back\\slash",
        "tab\there"
    };
    private static final String[] LAST_NAMES = {
        "Lovelace",
        "Hopper",
        "Müller",
        "d'Arc",
        "van der \"Berg\"",
        "Nguyễn",
        "Ивановa",
        "",
        "Null",
        "e\u0301é",
        "x; --"
    };
    private static final String[] GENDERS = {"female", "male", "Female", "x", ""};
    private static final String[] STREETS = {
        "Hauptstraße", "Rue de l'Église", "Main Street", "ул. Ленина", "\u200bGhost Lane"
    };
    private static final String[] CITIES = {"Köln", "Saint-Étienne", "Springfield", "São Paulo", "東京"};

    private SampleUsers() {}

    static List<@Nullable String[]> users(long user) {
        Lottery lottery = Lottery.of("users", user);
        return List.<@Nullable String[]>of(new @Nullable String[] {
            String.valueOf(user),
            email(user, lottery),
            lottery.onceIn(9) ? null : phone(user, lottery),
            lottery.one(FIRST_NAMES),
            lottery.one(LAST_NAMES),
            birthday(lottery),
            lottery.onceIn(10) ? null : lottery.one(GENDERS),
            lottery.onceIn(5) ? null : String.format(Locale.ROOT, "DE%09d", user)
        });
    }

    private static String email(long user, Lottery lottery) {
        if (user == Canaries.EMAIL_USER) {
            return Canaries.EMAIL;
        }
        String local = lottery.one("ada", "Grace.Hopper", "zoë", "o'neil+tag", "\"quoted\"", "jose\u0301");
        return String.format(
                Locale.ROOT, "%s.%d@%s", local, user, lottery.one("example.com", "Example.org", "example.net"));
    }

    private static String phone(long user, Lottery lottery) {
        String digits = String.format(Locale.ROOT, "%09d", user);
        return lottery.onceIn(3)
                ? "+49 (15) %s-%s %s".formatted(digits.substring(0, 3), digits.substring(3, 6), digits.substring(6))
                : "+4915" + digits;
    }

    private static @Nullable String birthday(Lottery lottery) {
        if (lottery.onceIn(20)) {
            return null;
        }
        return lottery.onceIn(500)
                ? "infinity"
                : LocalDate.of(1930, 1, 1).plusDays(lottery.below(28_000)).toString();
    }

    /** None, one or two. */
    static List<@Nullable String[]> addresses(long user) {
        int count = user % 5 == 1 ? 0 : user % 5 == 0 ? 2 : 1;
        return IntStream.rangeClosed(1, count)
                .mapToObj(seq -> address(user, seq))
                .toList();
    }

    private static @Nullable String[] address(long user, int seq) {
        Lottery lottery = Lottery.of("addresses", user * 10 + seq);
        return new @Nullable String[] {
            String.valueOf(user),
            String.valueOf(seq),
            user == Canaries.STREET_USER ? Canaries.STREET : lottery.one(STREETS),
            lottery.onceIn(12) ? null : lottery.below(300) + lottery.one("", "a", " bis", "/2"),
            lottery.onceIn(15) ? "" : lottery.digits(5),
            lottery.one(CITIES),
            lottery.one("DE", "FR", "US", "JP")
        };
    }

    /** Every third user has one. */
    static List<@Nullable String[]> documents(long user) {
        if (user % 3 != 0) {
            return List.of();
        }
        Lottery lottery = Lottery.of("kyc_documents", user);
        return List.<@Nullable String[]>of(new @Nullable String[] {
            lottery.uuid().toString(),
            String.valueOf(user),
            lottery.one("passport", "id card"),
            user == Canaries.DOCUMENT_USER
                    ? Canaries.DOCUMENT
                    : String.format(Locale.ROOT, "%sP%010d%s", lottery.one("", " "), user, lottery.one("", "  ")),
            json(user, lottery),
            lottery.onceIn(8)
                    ? null
                    : LocalDate.of(2026, 1, 1).plusDays(lottery.below(3650)).toString(),
            lottery.onceIn(3) ? null : lottery.one("", "looks fine", "second look: \"blurred\"\nasked again 🙏")
        });
    }

    /** Names that differ by a blank, numbers that differ by their scale: nothing of it may be lost. */
    private static String json(long user, Lottery lottery) {
        return String.format(
                Locale.ROOT,
                "{\"no\": %d, \"no \": %d.10, \" no\":%d.100, \"tags\": [%s, null, {\"a\": \"\\\"\"}], \"é\": \"%s\"}",
                user,
                user,
                user,
                lottery.one("1", "1.0", "1e3", "[]"),
                lottery.one("e\u0301", "\\t", "🦊", ""));
    }
}
