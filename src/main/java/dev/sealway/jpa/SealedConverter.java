package dev.sealway.jpa;

import dev.sealway.application.SealedColumn;
import jakarta.persistence.AttributeConverter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An attribute of an entity whose column holds the ciphertext, {@code <col>_encrypted}. A subclass names the column:
 *
 * <pre>{@code
 * @Converter
 * class EmailConverter extends SealedConverter<String> {
 *     EmailConverter() {
 *         super(() -> Keys.SEALWAY.column("users.email", ValueType.TEXT));
 *     }
 * }
 * }</pre>
 *
 * <p>JPA gives a converter no row key, so a column that is bound to its row is refused. Thread-safe.
 *
 * @param <T> the class of the attribute
 */
public abstract class SealedConverter<T> implements AttributeConverter<T, byte[]> {

    private final Supplier<SealedColumn<T>> column;

    /** @param column is asked for at each value, so that entities can be mapped before there is a Sealway */
    protected SealedConverter(Supplier<SealedColumn<T>> column) {
        this.column = column;
    }

    /** @throws dev.sealway.error.SealwayException if the column is not expanded, or cannot hold the value */
    @Override
    public final byte @Nullable [] convertToDatabaseColumn(@Nullable T attribute) {
        return column.get().seal(attribute);
    }

    /** @throws dev.sealway.crypto.OpenFailedException if the ciphertext does not belong here */
    @Override
    public final @Nullable T convertToEntityAttribute(byte @Nullable [] ciphertext) {
        return column.get().open(ciphertext);
    }
}
