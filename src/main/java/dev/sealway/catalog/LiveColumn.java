package dev.sealway.catalog;

import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.TypeName;
import java.util.Optional;

/**
 * A column as the catalogue has it.
 *
 * @param number {@code attnum}
 * @param type with schema and modifiers, as {@code format_type} prints it when only {@code pg_catalog} is searched
 * @param baseType the type's bare name below domains: {@code numeric}, {@code citext}, {@code _int4} for an array
 * @param category {@code typtype} of the base type: b base, e enum, c composite, r range, m multirange
 * @param notNull whether the column is NOT NULL
 * @param generated whether the column is GENERATED ALWAYS AS an expression (identity columns are not)
 * @param identity whether the column is an identity column
 * @param defaultExpression its default, as SQL
 */
public record LiveColumn(
        Identifier name,
        int number,
        TypeName type,
        String baseType,
        char category,
        boolean notNull,
        boolean generated,
        boolean identity,
        Optional<String> defaultExpression) {}
