package dev.sealway.vault;

import dev.sealway.error.SealwayException;

/** What HTTP statuses of Vault's mean. Texts differ between its versions and may quote the request, so they tell nothing. */
final class Statuses {

    private Statuses() {}

    /**
     * What to throw of a reply that nobody had a use for.
     *
     * @param place as {@link VaultSettings#place}
     */
    static SealwayException failure(String doing, String place, Reply reply) {
        int status = reply.status();
        if (status == 412 || status == 429 || status == 472 || status == 473 || status >= 500) {
            return new VaultUnavailableException(
                    doing, "%s %s (HTTP %d)".formatted(place, problem(reply), status), cure(reply), reply.retryAfter());
        }
        if (status == 403) {
            return new VaultRefusedException(
                    doing,
                    "%s denies access (HTTP 403), also to a fresh token where one could be had".formatted(place),
                    "check that the token is valid and that its policy allows this path");
        }
        return new VaultRefusedException(
                doing,
                "%s does not take the request (HTTP %d)".formatted(place, status),
                "check the mount, the name and the kind of engine; Vault's audit log tells more");
    }

    private static String problem(Reply reply) {
        return switch (reply.status()) {
            case 412 -> "has not yet seen its own last change";
            case 429 -> "limits the rate of requests";
            case 472, 473 -> "is a standby";
            case 501 -> "is not initialised";
            case 503 -> reply.mentions("sealed") ? "is sealed" : "is not in service";
            default -> "has an error of its own";
        };
    }

    private static String cure(Reply reply) {
        return switch (reply.status()) {
            case 429 -> "lower 'in-flight' or raise the quota, then run it again";
            case 503 -> "unseal it or wait until it is back, then run it again";
            default -> "wait until it is well, then run it again";
        };
    }
}
