package dev.sealway.discover.form;

import java.util.regex.Pattern;

/** Addresses of machines. */
final class Network {

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile("(%s\\.){3}%s(/[0-9]{1,2})?".formatted(OCTET, OCTET));
    private static final Pattern IPV6 =
            Pattern.compile("(?=.*:.*:)(?=.*([0-9a-f]{2,4}|::))[0-9a-fA-F:]{3,39}(\\.[0-9.]+)?(%\\w+)?(/[0-9]{1,3})?");
    private static final Pattern MAC =
            Pattern.compile("[0-9a-fA-F]{2}([:-])([0-9a-fA-F]{2}\\1){4}[0-9a-fA-F]{2}|([0-9a-f]{4}\\.){2}[0-9a-f]{4}");

    private Network() {}

    /** A version such as 2.14.0.3 has the same grammar: all of its numbers are small. */
    static boolean ip(String value) {
        if (IPV4.matcher(value).matches()) {
            return value.matches(".*[0-9]{2}.*\\..*[0-9]{2}.*|.*[0-9]{3}.*");
        }
        return IPV6.matcher(value).matches() && !value.matches("[0-9]{1,2}(:[0-9]{2}){1,2}") && !mac(value);
    }

    static boolean userAgent(String value) {
        return value.matches("(Mozilla|Opera|Dalvik|okhttp|curl)/[0-9.]+.*");
    }

    static boolean mac(String value) {
        return MAC.matcher(value).matches();
    }
}
