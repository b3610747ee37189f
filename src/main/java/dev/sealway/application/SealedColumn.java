package dev.sealway.application;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.workflow.SealedField;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column of the plan as values of Java, from the first deployment to the one after the drop: seals and opens, and says
 * what a statement writes, reads and looks up in the column's present phase. {@code null} is {@code NULL} everywhere.
 *
 * <p>What phase that is may be known a little late (see {@code Sealway.Builder.refresh}), by one phase. Nothing is read or
 * stored wrong for that: what was written for one phase is right in the next, or the database refuses it, and
 * {@link #retrying} goes again. By two phases it must not be: whoever rolls a cut over back and expands again at once may
 * meet an instance that still takes the encrypted column for the authority, so wait longer than twice the refresh time
 * between a rollback and the next expand. Thread-safe.
 *
 * @param <T> the class of its values
 */
public final class SealedColumn<T> {

    /** A column that is not there (any more), NOT NULL and CHECK: what a statement of another phase meets. */
    private static final Set<String> OF_ANOTHER_PHASE = Set.of("42703", "23502", "23514");

    /** What runs inside of {@link #retrying}. */
    @FunctionalInterface
    public interface Work<R extends @Nullable Object> {

        R run() throws SQLException;
    }

    private final SealedField field;
    private final ValueType<T> type;
    private final Runnable refresh;

    /** @param refresh makes this column and its siblings look at the ledger */
    public SealedColumn(SealedField field, ValueType<T> type, Runnable refresh) {
        this.field = field;
        this.type = type;
        this.refresh = refresh;
    }

    /**
     * Where its column's values are true at present.
     *
     * @throws SealwayException if the ledger was never read, and cannot be
     */
    public Residence residence() {
        return Residence.of(field.phase());
    }

    /**
     * @param rowKey the text of each row key column, where the column is bound to its row
     * @throws SealwayException if the column is not expanded, or cannot hold the value
     */
    public byte @Nullable [] seal(@Nullable T value, String... rowKey) {
        SealedField now = field.now();
        return value == null ? null : now.seal(text(now, value), rowKey);
    }

    /** @throws dev.sealway.crypto.OpenFailedException if the ciphertext does not belong here */
    public @Nullable T open(byte @Nullable [] ciphertext, String... rowKey) {
        return ciphertext == null ? null : opened(field, ciphertext, rowKey);
    }

    /**
     * For the column {@code <col>_search}; while tokens move to another key, {@link #write} and {@link #lookUp} know both.
     *
     * @throws SealwayException if the column has no blind index
     */
    public byte @Nullable [] searchToken(@Nullable T value) {
        SealedField now = field.now();
        return value == null ? null : now.searchToken(text(now, value));
    }

    /**
     * The columns that hold {@code value} in the present phase, with what is to be written there.
     *
     * @throws SealwayException if the column is bound to its row, and the row key is not given: also before expand
     */
    public Writing write(@Nullable T value, String... rowKey) {
        SealedField now = field.now();
        String text = value == null ? null : text(now, value);
        return Writing.of(now, Residence.of(now.phase()), text, List.of(rowKey));
    }

    /** The columns to read in the present phase, and the way to the value. */
    public Reading<T> read() {
        return new Reading<>(this, field.now(), Sql.of(""));
    }

    /** @param alias of the table in the statement */
    public Reading<T> read(String alias) {
        return new Reading<>(this, field.now(), Sql.of("{alias}.").with("alias", Identifier.of(alias)));
    }

    /**
     * A condition that finds the rows that may hold {@code value}. They are candidates: a token is normalised, and may be
     * short, so compare what they hold.
     *
     * @throws SealwayException if the column has no blind index, nor will have one: also before expand
     */
    public LookUp lookUp(T value) {
        SealedField now = field.now();
        return LookUp.of(now, Residence.of(now.phase()), text(now, value));
    }

    /** Makes all columns of this Sealway look at the ledger when they are next used. */
    public void refresh() {
        refresh.run();
    }

    /**
     * Runs {@code work}, and once more if the database says that it was made for another phase.
     *
     * @param work asks {@link #write}, {@link #read} and {@link #lookUp} anew, in a transaction of its own
     */
    public <R extends @Nullable Object> R retrying(Work<R> work) throws SQLException {
        try {
            return work.run();
        } catch (SQLException e) {
            if (!OF_ANOTHER_PHASE.contains(String.valueOf(e.getSQLState()))) {
                throw e;
            }
            refresh();
            return work.run();
        }
    }

    T value(String text) {
        try {
            return type.form().value(text);
        } catch (IllegalArgumentException e) {
            throw SealwayException.failed(
                    "a value of column %s cannot be read as %s: %s".formatted(name(), type, e.getMessage()));
        }
    }

    T opened(SealedField as, byte[] ciphertext, String... rowKey) {
        return value(as.open(ciphertext, rowKey));
    }

    private String text(SealedField now, T value) {
        ColumnType column = now.type().map(ColumnType::of).orElseThrow(this::unknownType);
        if (!type.fits(column)) {
            throw SealwayException.wrongUsage(
                    "column %s is of type %s, which %s does not write; use the ValueType of that type, or TEXT and PostgreSQL's text form"
                            .formatted(name(), column.name(), type));
        }
        try {
            return type.form().text(value, column);
        } catch (IllegalArgumentException e) {
            throw SealwayException.wrongUsage(
                    "a value for column %s was refused: %s".formatted(name(), e.getMessage()));
        }
    }

    private SealwayException unknownType() {
        return SealwayException.refused(
                "column %s is in the plan, and neither in this database nor among what was dropped from it; is it the right database?"
                        .formatted(name()));
    }

    private String name() {
        return "%s.%s".formatted(field.table(), field.plaintext().name());
    }

    @Override
    public String toString() {
        return "SealedColumn[%s %s]".formatted(name(), type);
    }
}
