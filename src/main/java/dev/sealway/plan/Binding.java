package dev.sealway.plan;

/** What a ciphertext is bound to by its associated data. */
public enum Binding {
    /** To nothing: it opens wherever it stands. Only Transit has it, for values that others seal or open without any. */
    NONE,
    /** To its column: moving a ciphertext to another column is detected, moving it to another row is not. */
    COLUMN,
    /** To its column and its row key: a ciphertext opens only in the row it was sealed for. */
    ROW
}
