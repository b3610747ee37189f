package dev.sealway.discover;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes values up, the same at every run: of valid form, and nobody's. */
final class InventedValues {
    private static final int ROWS = 60;
    private static final String[] GIVEN = {
        "Ada", "Bruno", "Chiara", "Dilek", "Emil", "Fatma", "Gustav", "Hanna", "Ivo", "Jonas", "Kemal", "Lucía",
                "Maria",
        "Nora", "Oskar", "Paula", "Quentin", "Rosa", "Samuel", "Tessa", "Umut", "Vera", "William", "Xenia", "Yara",
                "Zoë"
    };
    private static final String[] FAMILY = {
        "Abel", "Bauer", "Costa", "Demir", "Eriksen", "Ferrari", "García", "Huber", "Ivanov", "Jansen", "Kaya",
                "Lefèvre",
        "Müller", "Nowak", "O'Brien", "Peeters", "Quispe", "Rossi", "Smith", "Tanaka", "Unger", "van Dijk", "Weber",
                "Yilmaz"
    };
    private static final String[] CITIES = {
        "Ankara",
        "Berlin",
        "Córdoba",
        "Dijon",
        "Esbjerg",
        "Firenze",
        "Gent",
        "Hamilton",
        "Izmir",
        "Kraków",
        "Lyon",
        "San José"
    };
    private static final String[] WORDS = {
        "amber", "basket", "cedar", "delta", "ember", "falcon", "garden", "harbor", "island", "juniper", "kettle",
                "lantern",
        "meadow", "nickel", "orbit", "pepper", "quartz", "river", "saddle", "timber", "umbrella", "velvet", "willow",
                "yellow"
    };

    private final Random random = new Random(4711);
    private final Map<String, Supplier<String>> makers = new TreeMap<>();
    private int serial = 100;

    InventedValues() {
        people();
        contacts();
        numbers();
        secrets();
        machines();
        things();
        documents();
    }

    /** @param maker a name after {@code @}, {@code enum:a,b} for a choice */
    List<String> of(String maker) {
        serial = 100;
        if (maker.startsWith("enum:")) {
            String[] choices = maker.startsWith("enum:{") || maker.startsWith("enum:length") || maker.contains("a:0:{}")
                    ? maker.substring(5)
                            .replace("},{", "}\n{")
                            .replace("),", ")\n")
                            .split("\n")
                    : maker.substring(5).split(",");
            return IntStream.range(0, ROWS).mapToObj(i -> one(choices)).toList();
        }
        Supplier<String> values = makers.get(maker);
        if (values == null) {
            throw new IllegalArgumentException("nothing makes @" + maker);
        }
        return IntStream.range(0, ROWS)
                .filter(i -> i % 13 != 5)
                .mapToObj(i -> values.get())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private void people() {
        make("given", () -> one(GIVEN));
        make("family", () -> one(FAMILY));
        make("fullname", () -> one(GIVEN) + " " + one(FAMILY));
        make("givenupper", () -> one(GIVEN).toUpperCase(Locale.ROOT));
        make("familyupper", () -> one(FAMILY).toUpperCase(Locale.ROOT));
        make("givennum", () -> one(GIVEN) + below(999));
        make("familynum", () -> one(FAMILY) + below(999));
        make("givenfamilynum", () -> "%s%d %s%d".formatted(one(GIVEN), below(999), one(FAMILY), below(999)));
        make("initial", () -> one("A", "B", "J", "M", "T."));
        make("birth", () -> LocalDate.of(1940 + below(65), 1 + below(12), 1 + below(28))
                .toString());
        make("birthmoment", () -> LocalDate.of(1940 + below(65), 1 + below(12), 1 + below(28)) + " 00:00:00");
        make("username", () -> one(one(GIVEN), one(WORDS)).toLowerCase(Locale.ROOT) + below(99));
        make("adlogin", () -> "adventure-works\\" + one(GIVEN).toLowerCase(Locale.ROOT) + below(9));
        make("jobtitle", () -> one("Sales Manager", "Buyer", "Engineer", "Accountant", "Vice President"));
        make("pet", () -> one("Basil", "Jewel", "Iggy", "Max", "Mulligan", "Samantha", "Lucky", "Rosy", "Leo"));
        make("band", () -> one("The %s %ss".formatted(one(WORDS), one(WORDS)), one(WORDS) + " Quartet", one(WORDS)));
    }

    private void contacts() {
        make("email", () -> "%s.%s%d@%s"
                .formatted(
                        ascii(one(GIVEN)),
                        ascii(one(FAMILY)),
                        below(99),
                        one("example.org", "mail.example.com", "example.net")));
        make("usphone", () -> one("(%03d) 555-%04d", "%03d-555-%04d").formatted(212 + below(700), below(10_000)));
        make("e164", () -> "+49301" + digits(7));
        make("e164spaced", () -> one("+55 (12) 3923-", "+49 0711 284", "+1 (403) 262-") + digits(4));
        make("dephone", () -> one("030 ", "0171/", "089-", "(040) ") + digits(7));
        make("frphone", () -> "06 %s %s %s %s".formatted(digits(2), digits(2), digits(2), digits(2)));
        make("ext", () -> digits(4));
        make("street", () -> "%d %s %s"
                .formatted(1 + below(900), title(one(WORDS)), one("Street", "Ave", "Road", "Lane")));
        make("destreet", () -> title(one(WORDS)) + one("straße", "weg", "allee"));
        make("housenumber", () -> 1 + below(120) + one("", "", "a", "b"));
        make("fulladdress", () -> "%d %s Street\n%s %s\nFrance"
                .formatted(below(99), title(one(WORDS)), digits(5), one(CITIES)));
        make("city", () -> one(CITIES));
        make("cityregion", () -> one(CITIES) + "  Massachusetts  US");
        make("county", () -> title(one(WORDS)) + " County");
        make("state", () -> one("CA", "AB", "QLD", "NY", "BC"));
        make("usstate", () -> one("Massachusetts", "Texas", "Ohio"));
        make("country", () -> one("Germany", "France", "Brazil", "Canada", "USA"));
        make("country2", () -> one("DE", "FR", "BR", "US"));
        make("zip", () -> one(digits(5), "%s-%s".formatted(digits(5), digits(3)), "T2P " + digits(1) + "T3"));
        make("plz", () -> digits(5));
        make("cep", () -> digits(5) + "-" + digits(3));
        make("lat", () -> String.format(Locale.ROOT, "%.6f", random.nextDouble() * 120 - 60));
        make("lon", () -> String.format(Locale.ROOT, "%.6f", random.nextDouble() * 300 - 150));
        make(
                "latlon",
                () -> String.format(Locale.ROOT, "%.5f,%.5f", random.nextDouble() * 60, random.nextDouble() * 90));
    }

    private void numbers() {
        make("ssn", () -> "%d-%02d-%04d".formatted(100 + below(500), 1 + below(98), 1 + below(9998)));
        make("sin", () -> luhn("1" + digits(7)));
        make("iban", () -> iban());
        make("ibanspaced", () -> iban().replaceAll("(.{4})", "$1 ").strip());
        make("bic", () -> one("DEUTDEFF", "BNPAFRPP", "INGBNL2A", "COBADEFFXXX"));
        make("card", () -> luhn(one("4111", "5500") + digits(11)));
        make("nir", () -> nir());
        make("dni", () -> dni());
        make("tckn", () -> turkish());
        make("cpf", () -> cpf());
        make("pesel", () -> pesel());
        make("bsn", () -> bsn());
        make("steuerid", () -> one("86095742719", "47036892816", "65929970489", "57549285017", "25768131411"));
        make("svnummer", () -> "65%02d%02d%02d%s%s"
                .formatted(1 + below(28), 1 + below(12), below(99), one("M", "J", "K"), digits(3)));
        make("vat", () -> one("DE", "FR", "ATU") + digits(9));
        make("passport", () -> one("C", "L", "P") + digits(8));
        make("sdrivers", () -> "S999" + digits(5));
        make("mrn", () -> digits(3) + one("ABC", "XY") + "-" + digits(1));
        make("routing", () -> "0" + digits(8));
        make("digits9", () -> "2" + digits(8));
        make("digits10", () -> "6" + digits(9));
        make("digits18", () -> "8" + digits(17));
        make("last4", () -> digits(4));
        make("pin4", () -> digits(4));
    }

    private void secrets() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        make("token", () -> from(alphabet, 40));
        make("token20", () -> from(alphabet, 20));
        make("base64hash", () -> from(alphabet, 43) + "=");
        make("salt", () -> from(alphabet, 7) + "=");
        make("base32", () -> from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 32));
        make("cipher", () -> from(alphabet, 60) + "==\n");
        make("sha1", () -> hex(40));
        make("md5", () -> hex(32));
        make("hex32", () -> hex(32));
        make("hex64", () -> hex(64));
        make("sha512", () -> hex(128));
        make("bcrypt", () -> "$2a$10$" + from(alphabet, 53));
        make("bcryptlist", () -> "---\n- $2a$10$%s\n- $2a$10$%s".formatted(from(alphabet, 53), from(alphabet, 53)));
        make("pbkdf2", () -> "$pbkdf2-sha512$600000$" + from(alphabet, 22) + "$" + from(alphabet, 80));
        make("wphash", () -> "$P$B" + from(alphabet, 30));
        make("wpactivation", () -> "17%s:$P$B%s".formatted(digits(8), from(alphabet, 30)));
        make("magentohash", () -> "%s:%s:2".formatted(hex(64), from(alphabet, 32)));
        make("jwt", () -> "eyJhbGciOiJIUzI1NiJ9.eyJ%s.%s".formatted(from(alphabet, 40), from(alphabet, 43)));
        make("ghp", () -> "ghp_" + from(alphabet, 36));
        make("sklive", () -> one("sk_live_", "rk_live_") + from(alphabet, 24));
        make("pklive", () -> "pk_live_" + from(alphabet, 24));
        make("whsec", () -> "whsec_" + from(alphabet, 32));
        make(
                "pemortoken",
                () -> one("-----BEGIN RSA PRIVATE KEY-----" + from(alphabet, 90), from(alphabet, 40), "100"));
        make("kcsecret", () -> "{\"value\":\"%s==\",\"salt\":\"%s==\",\"additionalParameters\":{}}"
                .formatted(from(alphabet, 86), from(alphabet, 22)));
    }

    private void machines() {
        make("ipv4", () -> "203.0.%d.%d".formatted(100 + below(20), 10 + below(240)));
        make("mac", () -> "00:1b:%s:%s:%s:%s".formatted(hex(2), hex(2), hex(2), hex(2)));
        make("useragent", () -> "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.%d (KHTML, like Gecko) Chrome/1%d.0"
                .formatted(below(40), below(40)));
        make("uuid", () -> "%s-%s-4%s-9%s-%s".formatted(hex(8), hex(4), hex(3), hex(3), hex(12)));
        make("url", () -> "https://www.example.org/%s/%d".formatted(one(WORDS), below(999)));
        make("slug", () -> "%s-%s-%s".formatted(one(WORDS), one(WORDS), one(WORDS)));
        make("version", () -> "%d.%d.%d.%d".formatted(1 + below(3), below(9), below(9), below(9)));
        make("fingerprint", () -> IntStream.range(0, 16).mapToObj(i -> hex(2)).collect(Collectors.joining(":")));
        make("fingerprint16", () -> from("ABCDEFGHIJKLMNOPabcdefghijklmnop0123456789", 16));
        make("sshkey", () -> "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5%s %s@laptop".formatted(hex(40), one("ci", "dev")));
        make("messageid", () -> "<%s.%s@mail.example.org>".formatted(hex(12), hex(8)));
        make("epoch", () -> "17" + digits(8));
        make("epochmillis", () -> "17" + digits(11));
        make("snowflake", () -> "1%s".formatted(digits(17)));
        make("udi", () -> "(01)%s(11)%s(17)%s(10)%s".formatted(digits(14), digits(6), digits(6), digits(5)));
    }

    private void things() {
        make("empty", () -> "");
        make("serial", () -> Integer.toString(serial++));
        make("int", () -> Integer.toString(1 + below(5000)));
        make("bool", () -> one("true", "false"));
        make("month", () -> Integer.toString(1 + below(12)));
        make("year", () -> Integer.toString(2005 + below(25)));
        make("price", () -> String.format(Locale.ROOT, "%.2f", random.nextDouble() * 900));
        make("moment", () -> "%d-%02d-%02d %02d:14:%02d"
                .formatted(2015 + below(10), 1 + below(12), 1 + below(28), below(24), below(60)));
        make("pastdate", () -> "%d-%02d-%02d".formatted(2005 + below(20), 1 + below(12), 1 + below(28)));
        make("birthrecent", () -> "%d-%02d-%02d".formatted(2010 + below(12), 1 + below(12), 1 + below(28)));
        make("title", () -> "%s %s".formatted(title(one(WORDS)), title(one(WORDS))));
        make("sentence", () -> words(12) + ".");
        make("html", () -> "<p>" + words(14) + "</p>");
        make("company", () -> title(one(WORDS)) + one(" Ltd", " GmbH", " & Sons", " S.A."));
        make("sku", () -> "%s-%s%d".formatted(one("BK", "FR", "LJ"), one("M", "R"), 10 + below(900)));
        make("code5", () -> from("ABCDEFGHIKLMNOPRSTUVW", 5));
        make("code8", () -> from("ABCDEF0123456789", 8));
        make("ordernumber", () -> "SO" + digits(6));
        make("increment", () -> "0000" + digits(5));
        make("po", () -> "PO" + digits(10));
        make("awaccount", () -> "10-4030-01" + digits(4));
        make("awapproval", () -> digits(6) + "Vi" + digits(5));
        make("vendoraccount", () -> title(one(WORDS)).toUpperCase(Locale.ROOT) + "0001");
        make("ean", () -> "40" + digits(11));
        make("isbn", () -> "978-3-%s-%s-%s".formatted(digits(2), digits(6), digits(1)));
        make("luhnsome", () -> "4" + digits(15));
        make("snomed", () -> digits(8));
        make(
                "clinical",
                () -> one(
                        "Viral sinusitis (disorder)",
                        "Acute bronchitis",
                        "Penicillin V 250 MG",
                        "Influenza vaccine",
                        "Stress",
                        "Prediabetes"));
        make("cusid", () -> "cus_" + from("ABCDEFGHJKLMabcdefghjkm0123456789", 14));
        make("cardid", () -> "card_" + from("ABCDEFGHJKLMabcdefghjkm0123456789", 24));
        make("chargeid", () -> one("ch_", "pi_") + from("ABCDEFGHJKLMabcdefghjkm0123456789", 24));
        make("reqid", () -> "req_" + from("ABCDEFGHJKLMabcdefghjkm0123456789", 14));
        make("receipt", () -> digits(4) + "-" + digits(4));
        make(
                "textpii",
                () -> below(5) == 0
                        ? "%s, please write to %s.%s@example.org."
                                .formatted(words(6), ascii(one(GIVEN)), ascii(one(FAMILY)))
                        : words(11) + ".");
        make(
                "htmlpii",
                () -> below(5) == 0
                        ? "<p>%s call +49 30 %s %s</p>".formatted(words(6), digits(7), words(3))
                        : "<p>" + words(11) + "</p>");
        make("rawemail", () -> "From: %s@example.org\nTo: shop@example.org\nSubject: %s\n\n%s"
                .formatted(ascii(one(GIVEN)), words(3), words(20)));
        make(
                "metavalue",
                () -> one(
                        one(GIVEN),
                        one(FAMILY),
                        "a:1:{s:13:\"administrator\";b:1;}",
                        "true",
                        "(212) 555-" + digits(4)));
    }

    private void documents() {
        make("jsonname", () -> "{\"en_US\":\"%s\",\"de_DE\":\"%s\"}".formatted(words(2), words(2)));
        make(
                "jsonaddress",
                () -> "{\"city\":\"%s\",\"country\":\"DE\",\"line1\":\"%d %s Street\",\"postal_code\":\"%s\"}"
                        .formatted(one(CITIES), below(99), title(one(WORDS)), digits(5)));
        make("jsonbilling", () -> "{\"email\":null,\"name\":\"%s %s\",\"phone\":null}"
                .formatted(one(GIVEN), one(FAMILY)));
        make("jsonshipping", () -> "{\"carrier\":\"DHL\",\"name\":\"%s %s\",\"tracking_number\":\"%s\"}"
                .formatted(one(GIVEN), one(FAMILY), digits(12)));
        make("jsonmeta", () -> "{\"order_id\":\"%s\",\"channel\":\"%s\"}".formatted(digits(6), one("web", "shop")));
        make("jsonpayment", () -> "{\"method_title\":\"Bank Transfer\",\"instructions\":\"%s\"}".formatted(words(5)));
        make(
                "jsonoutcome",
                () -> "{\"network_status\":\"approved_by_network\",\"risk_score\":%d,\"type\":\"authorized\"}"
                        .formatted(below(99)));
        make("jsonevent", () -> "{\"object\":{\"id\":\"cus_%s\",\"email\":\"%s@example.org\",\"livemode\":false}}"
                .formatted(hex(10), ascii(one(GIVEN))));
        make("kccredential", () -> "{\"hashIterations\":27500,\"algorithm\":\"pbkdf2-sha256\"}");
        make(
                "kcdetails",
                () ->
                        "{\"auth_method\":\"openid-connect\",\"username\":\"%s%d@example.org\",\"redirect_uri\":\"https://app.example.org\"}"
                                .formatted(ascii(one(GIVEN)), below(99)));
        make("kcsession", () -> "{\"ipAddress\":\"203.0.113.%d\",\"rememberMe\":false,\"started\":17%s}"
                .formatted(10 + below(200), digits(8)));
    }

    private void make(String name, Supplier<String> maker) {
        makers.put(name, maker);
    }

    private String one(String... choices) {
        return choices[below(choices.length)];
    }

    private int below(int bound) {
        return random.nextInt(bound);
    }

    private String digits(int count) {
        return from("0123456789", count);
    }

    private String hex(int count) {
        return from("0123456789abcdef", count);
    }

    private String from(String alphabet, int count) {
        return random.ints(count, 0, alphabet.length())
                .mapToObj(i -> alphabet.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    private String words(int count) {
        return IntStream.range(0, count).mapToObj(i -> one(WORDS)).collect(Collectors.joining(" "));
    }

    private static String title(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static String ascii(String name) {
        return Words.of(name).stream().collect(Collectors.joining());
    }

    private String luhn(String digits) {
        return IntStream.range(0, 10)
                .mapToObj(i -> digits + i)
                .filter(d -> sum(d) % 10 == 0)
                .findFirst()
                .orElseThrow();
    }

    private static int sum(String digits) {
        return IntStream.range(0, digits.length())
                .map(i -> (digits.charAt(digits.length() - 1 - i) - '0') * (1 + i % 2))
                .map(d -> d > 9 ? d - 9 : d)
                .sum();
    }

    private String iban() {
        String account = digits(18);
        long rest =
                new BigInteger(account + "131400").mod(BigInteger.valueOf(97)).longValue();
        return "DE%02d%s".formatted(98 - rest, account);
    }

    private String nir() {
        long number = Long.parseLong(one("1", "2") + "%02d%02d75".formatted(40 + below(59), 1 + below(12)) + digits(6));
        return "%d%02d".formatted(number, 97 - number % 97);
    }

    private String dni() {
        int number = 10_000_000 + below(80_000_000);
        return "%d%c".formatted(number, "TRWAGMYFPDXBNJZSQVHLCKE".charAt(number % 23));
    }

    private String turkish() {
        int[] d = random.ints(9, 1, 10).toArray();
        int tenth = Math.floorMod((d[0] + d[2] + d[4] + d[6] + d[8]) * 7 - (d[1] + d[3] + d[5] + d[7]), 10);
        String ten = IntStream.of(d).mapToObj(Integer::toString).collect(Collectors.joining()) + tenth;
        return ten + ten.chars().map(c -> c - '0').sum() % 10;
    }

    private String cpf() {
        String nine = digits(9);
        String ten = nine + weighted(nine, 10) * 10 % 11 % 10;
        return ten + weighted(ten, 11) * 10 % 11 % 10;
    }

    private static int weighted(String digits, int first) {
        return IntStream.range(0, digits.length())
                .map(i -> (digits.charAt(i) - '0') * (first - i))
                .sum();
    }

    private String pesel() {
        String ten = "%02d%02d%02d%s".formatted(40 + below(59), 1 + below(12), 1 + below(28), digits(4));
        int[] weights = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3};
        int sum = IntStream.range(0, 10)
                .map(i -> (ten.charAt(i) - '0') * weights[i])
                .sum();
        return ten + (10 - sum % 10) % 10;
    }

    private String bsn() {
        while (true) {
            String eight = digits(8);
            int last = IntStream.range(0, 8)
                            .map(i -> (eight.charAt(i) - '0') * (9 - i))
                            .sum()
                    % 11;
            if (last < 10) {
                return eight + last;
            }
        }
    }
}
