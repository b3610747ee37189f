package dev.sealway.catalog.inventory;

import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import java.util.List;
import java.util.Optional;

/**
 * A UNIQUE constraint or index over a plaintext column, described as the index over search tokens that takes its place.
 *
 * @param replaced the constraint or index in the inventory
 * @param index the index that is replaced; for a constraint, the one behind it
 * @param constraint whether it is a constraint: then {@code ADD CONSTRAINT … UNIQUE USING INDEX} ends the exchange
 * @param columns the key in order, each plaintext column replaced by its search column
 * @param include columns that only come along, plaintext ones left out
 * @param predicate of a partial index, as SQL without parentheses around it
 */
public record CarriedUnique(
        Dependent replaced,
        Identifier index,
        boolean constraint,
        List<Identifier> columns,
        List<Identifier> include,
        Optional<Sql> predicate,
        Rules rules) {

    /** How the constraint treats NULLs and when it is checked. */
    public record Rules(boolean nullsNotDistinct, boolean deferrable, boolean initiallyDeferred) {}

    public CarriedUnique {
        columns = List.copyOf(columns);
        include = List.copyOf(include);
    }
}
