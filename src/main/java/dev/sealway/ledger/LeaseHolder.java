package dev.sealway.ledger;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Who works on a table.
 *
 * @param operator a person or a service, as the operating system knows it
 * @param process its id on {@code host}
 */
public record LeaseHolder(String operator, String host, long process) {

    /** This process. */
    public static LeaseHolder here() {
        return new LeaseHolder(
                System.getProperty("user.name", "unknown"),
                hostName(),
                ProcessHandle.current().pid());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "an unknown host";
        }
    }

    /** Who it is, for people. */
    public String who() {
        return "%s@%s".formatted(operator, host);
    }

    /** Whether it is a process of the same machine that runs no more, as far as this one can see. */
    boolean isGoneFrom(LeaseHolder here) {
        return host.equals(here.host) && ProcessHandle.of(process).isEmpty();
    }

    @Override
    public String toString() {
        return "%s@%s, process %s".formatted(operator, host, process);
    }
}
