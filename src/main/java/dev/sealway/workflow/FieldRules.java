package dev.sealway.workflow;

import java.util.OptionalInt;

/**
 * What a column asks of its callers, the same in every phase: what was frozen with it, and before that what the plan says.
 *
 * @param isSearchable whether it has a blind index, or will have one
 * @param isBoundToRow whether its values are sealed with their row's key
 * @param rowKeyColumns empty where the table has no row key
 */
record FieldRules(boolean isSearchable, boolean isBoundToRow, OptionalInt rowKeyColumns) {

    static final FieldRules NONE = new FieldRules(false, false, OptionalInt.empty());
}
