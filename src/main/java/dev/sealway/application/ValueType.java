package dev.sealway.application;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.UUID;

/**
 * How a value of Java is written as PostgreSQL writes the value of a column, and read back: what is sealed is the text that
 * {@code value::text} would give, to the last digit.
 *
 * <p>Types without an entry ({@code double precision}, {@code interval}, arrays, enumerations, domains …) are given and
 * taken with {@link #TEXT} in PostgreSQL's own text form, which is then the caller's to get right. So are the values that
 * Java's classes cannot hold: {@code NaN}, {@code infinity}.
 *
 * @param <T> the class in Java
 */
public final class ValueType<T> {

    /** Any type. Where it is character data, what the column holds: {@code character(n)} without blanks at the end. */
    public static final ValueType<String> TEXT = new ValueType<>("TEXT", Set.of(), TextForms.TEXT);

    /** {@code smallint}, {@code integer}, {@code bigint}. */
    public static final ValueType<Long> INTEGER =
            new ValueType<>("INTEGER", Set.of("smallint", "integer", "bigint"), NumberForms.INTEGER);

    /** {@code numeric}, also {@code numeric(p,s)}: rounded to the column's scale as PostgreSQL does, half away from zero. */
    public static final ValueType<BigDecimal> NUMERIC =
            new ValueType<>("NUMERIC", Set.of("numeric"), NumberForms.NUMERIC);

    public static final ValueType<Boolean> BOOLEAN = new ValueType<>("BOOLEAN", Set.of("boolean"), NumberForms.BOOLEAN);

    public static final ValueType<LocalDate> DATE = new ValueType<>("DATE", Set.of("date"), TimeForms.DATE);

    /** {@code timestamp}, rounded to the column's precision, microseconds at most. */
    public static final ValueType<LocalDateTime> TIMESTAMP =
            new ValueType<>("TIMESTAMP", Set.of("timestamp without time zone"), TimeForms.TIMESTAMP);

    /** {@code timestamptz}, as {@link #TIMESTAMP}; only the moment is kept, and comes back in UTC. */
    public static final ValueType<OffsetDateTime> TIMESTAMPTZ =
            new ValueType<>("TIMESTAMPTZ", Set.of("timestamp with time zone"), TimeForms.TIMESTAMPTZ);

    public static final ValueType<UUID> UUID = new ValueType<>("UUID", Set.of("uuid"), TextForms.UUID);

    /** {@code bytea}. */
    public static final ValueType<byte[]> BYTES = new ValueType<>("BYTES", Set.of("bytea"), TextForms.BYTES);

    /**
     * {@code json}, which keeps its text, and {@code jsonb}, which PostgreSQL writes anew: there a name that occurs twice and
     * numbers of more than 400 digits are refused.
     */
    public static final ValueType<String> JSON = new ValueType<>("JSON", Set.of("json", "jsonb"), TextForms.JSON);

    private final String name;
    private final Set<String> columnTypes;
    private final ValueForm<T> form;

    private ValueType(String name, Set<String> columnTypes, ValueForm<T> form) {
        this.name = name;
        this.columnTypes = columnTypes;
        this.form = form;
    }

    ValueForm<T> form() {
        return form;
    }

    boolean fits(ColumnType type) {
        return columnTypes.isEmpty() || columnTypes.contains(type.name());
    }

    @Override
    public String toString() {
        return name;
    }
}
