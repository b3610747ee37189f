package dev.sealway.jdbc;

/**
 * A data type as {@code format_type} prints it; only the catalogue makes these.
 *
 * @param sql for instance {@code numeric(10,2)} or {@code public.mood[]}
 */
public record TypeName(String sql) implements SqlFragment {

    @Override
    public String toString() {
        return sql;
    }
}
