package dev.sealway.testing.vault;

/**
 * A Vault, or what claims to be one, that a contract is held against.
 *
 * @param name for people: {@code the fake}
 * @param adminToken may do everything
 */
public record VaultTarget(String name, String address, String adminToken) {

    @Override
    public String toString() {
        return "%s at %s".formatted(name, address);
    }
}
