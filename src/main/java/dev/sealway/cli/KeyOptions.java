package dev.sealway.cli;

import dev.sealway.workflow.KeyName;
import picocli.CommandLine.Option;

/** Which key. */
final class KeyOptions {
    @Option(
            names = "--keyset",
            paramLabel = "NAME",
            defaultValue = "data/default",
            description = "The keyset of the bundle. Default: ${DEFAULT-VALUE}.")
    private String keyset;

    @Option(
            names = "--key",
            paramLabel = "ID",
            required = true,
            description = "The key's id, as 'sealway keys status' lists it.")
    private long key;

    KeyName name() {
        return new KeyName(keyset, key);
    }
}
