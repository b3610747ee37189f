package dev.sealway.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Who works here, as the audit trail tells it: {@code SEALWAY_OPERATOR}, or {@code user@host} of the environment. Said by
 * the environment, so a help for people, and no proof; the role of the database stands beside it.
 */
final class Operator {

    private static final int LONGEST = 200;

    private Operator() {}

    static String of(Map<String, String> environment) {
        String told = first(environment, "SEALWAY_OPERATOR");
        String name = told.isEmpty() ? "%s@%s".formatted(user(environment), host(environment)) : told;
        String printable = name.replaceAll("\\p{Cntrl}", " ").strip();
        return printable.substring(0, Math.min(LONGEST, printable.length()));
    }

    private static String user(Map<String, String> environment) {
        String told = first(environment, "USER", "LOGNAME", "USERNAME");
        return told.isEmpty() ? System.getProperty("user.name", "unknown") : told;
    }

    private static String host(Map<String, String> environment) {
        String told = first(environment, "HOSTNAME", "COMPUTERNAME");
        if (!told.isEmpty()) {
            return told;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    private static String first(Map<String, String> environment, String... names) {
        return Stream.of(names)
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse("");
    }
}
