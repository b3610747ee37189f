package dev.sealway.vault;

import dev.sealway.error.SealwayException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where Vault answers, and where else a token may be sent.
 *
 * @param base without a slash at its end
 * @param plaintextAccepted whether tokens may travel over http to another machine
 */
record VaultAddress(String base, boolean plaintextAccepted) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    static VaultAddress of(Given given) {
        String base = given.required("address", "VAULT_ADDR").replaceFirst("/+$", "");
        boolean accepted =
                given.setting("plaintext-http").filter("accept"::equals).isPresent();
        URI uri = parse(base)
                .orElseThrow(
                        () -> SealwayException.wrongUsage(
                                "the address of Vault is not an http or https URL without user, query and fragment; write one as https://vault.example.com:8200"));
        VaultAddress address = new VaultAddress(base, accepted);
        if (!address.allows(uri)) {
            throw SealwayException.refused(
                    "Vault at %s would be spoken to in the clear, token and values readable on the way; use https, or write 'plaintext-http: accept' where the network is private"
                            .formatted(base));
        }
        return address;
    }

    private static Optional<URI> parse(String text) {
        try {
            URI uri = new URI(text);
            boolean plain = uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
            return plain && Set.of("http", "https").contains(scheme(uri)) ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String scheme(URI uri) {
        return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    }

    /** @param path with its query, beginning with a slash */
    URI resolve(String path) {
        return URI.create(base + path);
    }

    /** Whether a token may be sent to {@code uri}: over https, or over http that never was and need not be private. */
    boolean allows(URI uri) {
        if (scheme(uri).equals("https")) {
            return true;
        }
        boolean near = uri.getHost() != null && LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT));
        return scheme(uri).equals("http") && scheme(URI.create(base)).equals("http") && (near || plaintextAccepted);
    }

    @Override
    public String toString() {
        return base;
    }
}
