package dev.sealway.workflow;

/**
 * A search token and the column it belongs to.
 *
 * @param column as the table has it now
 * @param token what is stored there for the value
 */
public record ColumnToken(String column, byte[] token) {

    /** Without the token. */
    @Override
    public String toString() {
        return "ColumnToken[%s]".formatted(column);
    }
}
