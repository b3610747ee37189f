package dev.sealway.application;

import dev.sealway.jdbc.Identifier;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** A value for one column of a statement. Prints the column alone. */
final class Cell {

    private final Identifier column;
    private final @Nullable Object value;

    private Cell(Identifier column, @Nullable Object value) {
        this.column = column;
        this.value = value;
    }

    /** The server finds out the type: it converts the text as it does a literal, and refuses what is too long. */
    static Cell text(Identifier column, @Nullable String value) {
        return new Cell(column, value);
    }

    static Cell bytes(Identifier column, byte @Nullable [] value) {
        return new Cell(column, value);
    }

    Identifier column() {
        return column;
    }

    void bind(PreparedStatement statement, int at) throws SQLException {
        if (value == null) {
            statement.setNull(at, Types.OTHER);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(at, bytes);
        } else {
            statement.setObject(at, value, Types.OTHER);
        }
    }

    @Override
    public String toString() {
        return "Cell[%s]".formatted(column);
    }
}
