package dev.sealway.jdbc;

/** A piece of SQL text that is safe to put into a statement, because of how it was made. */
public sealed interface SqlFragment permits Identifier, QualifiedName, Literal, Sql, Sql.Finished, TypeName {

    /** The text as it goes into a statement. */
    String sql();
}
