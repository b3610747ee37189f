package dev.sealway.vault;

import dev.sealway.error.SealwayException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Paths of mounts, keys and secrets, held to characters that mean the same in a URL and out of it: on their way to Vault
 * others are decoded and encoded again, and end up elsewhere.
 */
final class VaultPath {

    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._~@:=+-]+(?:/[A-Za-z0-9._~@:=+-]+)*");

    private VaultPath() {}

    /** @param what it is, for messages: {@code mount} */
    static String of(String what, String path) {
        boolean climbs = Arrays.stream(path.split("/")).anyMatch(part -> part.equals(".") || part.equals(".."));
        if (climbs || !PATH.matcher(path).matches()) {
            throw SealwayException.wrongUsage(
                    "the %s in Vault has to be names of letters, digits and . _ ~ @ : = + - with a single / between them, and none at the ends"
                            .formatted(what));
        }
        return path;
    }
}
