package dev.sealway.catalog;

/**
 * What matters of the server and of the role that is logged in.
 *
 * @param version {@code server_version_num}: 170011 for 17.11
 * @param encoding {@code server_encoding}: only {@code UTF8} is supported
 * @param user the current role
 * @param bypassesRowSecurity whether the role is a superuser or has BYPASSRLS
 * @param inRecovery whether this is a standby, on which nothing can be written
 */
public record ServerFacts(
        int version, String encoding, String user, boolean superuser, boolean bypassesRowSecurity, boolean inRecovery) {

    /** The number before the dot: 14 to 18 are supported. */
    public int major() {
        return version / 10_000;
    }
}
