package dev.sealway.jdbc;

import dev.sealway.error.SealwayException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a URL: {@code jdbc:postgresql://…} as the driver's manual describes it, or {@code postgresql://…} as in
 * section "Connection URIs" of libpq's manual. Parsed here, because the driver quotes a URL that it cannot read, and with
 * it the password.
 */
final class ConnectionUrl {
    private static final Pattern FORM =
            Pattern.compile("(jdbc:)?postgres(?:ql)?:(?://([^/?]*))?/?([^?]*)(?:\\?(.*))?", Pattern.DOTALL);
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[^:\\[\\]]*)(?::(\\d{1,5}))?");

    /** What libpq, and others who read {@code DATABASE_URL}, call otherwise than the driver. */
    private static final Map<String, String> DRIVER_NAMES = Map.of(
            "connect_timeout", "connectTimeout",
            "application_name", "ApplicationName",
            "channel_binding", "channelBinding",
            "schema", "currentSchema");

    private final List<Host> hosts;
    private final String database;
    private final Map<String, String> options;

    /** @param port 0 if none was named */
    record Host(String name, int port) {}

    private ConnectionUrl(List<Host> hosts, String database, Map<String, String> options) {
        this.hosts = hosts;
        this.database = database;
        this.options = options;
    }

    static ConnectionUrl parse(String url) {
        Matcher parts = FORM.matcher(url.strip());
        if (!parts.matches()) {
            throw faulty("it begins with neither jdbc:postgresql: nor postgresql:");
        }
        UnaryOperator<String> decoder = parts.group(1) == null ? ConnectionUrl::decodeUri : ConnectionUrl::decode;
        String authority = Optional.ofNullable(parts.group(2)).orElse("");
        Map<String, String> options = new LinkedHashMap<>();
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            login(authority.substring(0, at), options);
        }
        query(Optional.ofNullable(parts.group(4)).orElse(""), decoder, options);
        return new ConnectionUrl(hosts(authority.substring(at + 1)), decoder.apply(parts.group(3)), options);
    }

    private static void login(String login, Map<String, String> options) {
        int colon = login.indexOf(':');
        options.put("user", decodeUri(colon < 0 ? login : login.substring(0, colon)));
        if (colon >= 0) {
            options.put("password", decodeUri(login.substring(colon + 1)));
        }
    }

    private static List<Host> hosts(String list) {
        List<Host> hosts = new ArrayList<>();
        for (String one : list.split(",", -1)) {
            Matcher host = HOST.matcher(one);
            if (!host.matches() || port(host) > 65_535) {
                throw faulty("its host is not of the form name:port, or [address]:port for IPv6");
            }
            hosts.add(new Host(host.group(1).isEmpty() ? "localhost" : decodeUri(host.group(1)), port(host)));
        }
        return List.copyOf(hosts);
    }

    private static int port(Matcher host) {
        return host.group(2) == null ? 0 : Integer.parseInt(host.group(2));
    }

    private static void query(String query, UnaryOperator<String> decoder, Map<String, String> options) {
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (pair.isEmpty()) {
                continue;
            }
            if (equals < 0) {
                throw faulty("one of its options has no value; write name=value");
            }
            String name = decoder.apply(pair.substring(0, equals));
            options.put(DRIVER_NAMES.getOrDefault(name, name), decoder.apply(pair.substring(equals + 1)));
        }
    }

    /** In a URI a plus sign is a plus sign. */
    private static String decodeUri(String text) {
        return decode(text.replace("+", "%2B"));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw faulty(
                    "a percent sign in it is not followed by two hexadecimal digits; write %25 for the sign itself");
        }
    }

    private static SealwayException faulty(String why) {
        return SealwayException.wrongUsage(
                "the database's URL cannot be read: %s; write jdbc:postgresql://host:5432/db".formatted(why)
                        + " or postgresql://user@host:5432/db?sslmode=require (it is not shown here: it may hold"
                        + " a password)");
    }

    List<Host> hosts() {
        return hosts;
    }

    /** Empty if none was named. */
    String database() {
        return database;
    }

    /** Takes an option out, so that nobody passes it on. */
    Optional<String> take(String option) {
        return Optional.ofNullable(options.remove(option));
    }

    Map<String, String> options() {
        return options;
    }
}
