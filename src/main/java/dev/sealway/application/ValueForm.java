package dev.sealway.application;

/**
 * The text of PostgreSQL for values of one class. Throws {@link IllegalArgumentException} with the rule that was broken,
 * never with the value.
 */
interface ValueForm<T> {

    /** As the column would print it after storing {@code value}. */
    String text(T value, ColumnType type);

    T value(String text);
}
