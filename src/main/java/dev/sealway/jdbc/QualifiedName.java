package dev.sealway.jdbc;

/** The name of an object in a schema. */
public record QualifiedName(Identifier schema, Identifier name) implements SqlFragment {

    public static QualifiedName of(String schema, String name) {
        return new QualifiedName(Identifier.of(schema), Identifier.of(name));
    }

    @Override
    public String sql() {
        return schema.sql() + "." + name.sql();
    }

    /** For messages: {@code schema.name} without quotes. */
    @Override
    public String toString() {
        return schema.name() + "." + name.name();
    }
}
