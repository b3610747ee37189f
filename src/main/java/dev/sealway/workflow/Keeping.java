package dev.sealway.workflow;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is to become of a changed key bundle.
 *
 * @param out a new file to write it to, for a place that cannot be written from here; empty to replace it where it lives
 * @param dryRun whether only to say what would be done
 */
public record Keeping(Optional<Path> out, boolean dryRun) {

    /** Replaces the bundle where it lives. */
    public static final Keeping IN_PLACE = new Keeping(Optional.empty(), false);
}
