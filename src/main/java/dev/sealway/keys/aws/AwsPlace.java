package dev.sealway.keys.aws;

import dev.sealway.error.SealwayException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a service of AWS is reached; what is empty, the SDK's own chain finds.
 *
 * @param region for instance {@code eu-central-1}
 * @param endpoint an address in place of AWS's own: an emulator, a VPC endpoint
 */
record AwsPlace(Optional<String> region, Optional<URI> endpoint) {

    /** The settings that say it. */
    static final Set<String> SETTINGS = Set.of("region", "endpoint");

    /** @throws SealwayException if the endpoint is no address */
    static AwsPlace of(Map<String, String> settings) {
        return new AwsPlace(
                Optional.ofNullable(settings.get("region")),
                Optional.ofNullable(settings.get("endpoint")).map(AwsPlace::address));
    }

    /** @throws SealwayException if there are settings besides {@code known} and those of a place */
    static void refuseUnknown(String whose, Map<String, String> settings, Set<String> known) {
        Set<String> all = new TreeSet<>(SETTINGS);
        all.addAll(known);
        Set<String> unknown = new TreeSet<>(settings.keySet());
        unknown.removeAll(all);
        if (!unknown.isEmpty()) {
            throw SealwayException.wrongUsage("%s has no settings %s; it has %s".formatted(whose, unknown, all));
        }
    }

    private static URI address(String text) {
        try {
            URI address = new URI(text);
            if (("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getUserInfo() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Told below, without the text.
        }
        throw SealwayException.wrongUsage(
                "the setting endpoint is not an address of the form https://host:port; write one, or leave it out for AWS's own");
    }
}
