package dev.sealway.workflow;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which run is spoken to.
 *
 * @param run its id; empty for the only one of the plan that is under way
 * @param table that it works on, as {@code schema.table} or {@code table}
 */
public record RunTarget(OptionalLong run, Optional<String> table) {

    public static final RunTarget THE_ONLY_ONE = new RunTarget(OptionalLong.empty(), Optional.empty());
}
