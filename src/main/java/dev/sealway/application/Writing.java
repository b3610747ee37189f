package dev.sealway.application;

import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.workflow.ColumnToken;
import dev.sealway.workflow.SealedField;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value on its way into a statement: the columns that hold it in one phase, and what goes into each. Made for one
 * statement; never prints the value. Not thread-safe.
 */
public final class Writing {

    private final List<Cell> cells;

    private Writing(List<Cell> cells) {
        this.cells = cells;
    }

    static Writing of(SealedField now, Residence residence, @Nullable String text, List<String> rowKey) {
        if (text != null) {
            now.requireRowKey(rowKey.toArray(String[]::new));
        }
        List<Cell> cells = new ArrayList<>();
        if (residence != Residence.ENCRYPTED) {
            cells.add(Cell.text(now.plaintext(), text));
        }
        if (residence != Residence.PLAINTEXT) {
            cells.add(ciphertext(now, text, rowKey));
            cells.addAll(tokens(now, text));
        }
        return new Writing(cells);
    }

    private static Cell ciphertext(SealedField now, @Nullable String text, List<String> rowKey) {
        byte[] sealed = text == null ? null : now.seal(text, rowKey.toArray(String[]::new));
        if (now.isText()) {
            return Cell.text(now.encrypted(), sealed == null ? null : new String(sealed, StandardCharsets.UTF_8));
        }
        return Cell.bytes(now.encrypted(), sealed);
    }

    private static List<Cell> tokens(SealedField now, @Nullable String text) {
        if (now.tokenColumns().isEmpty()) {
            return List.of();
        }
        if (text == null) {
            return now.tokenColumns().stream().map(c -> Cell.bytes(c, null)).toList();
        }
        List<Cell> cells = new ArrayList<>();
        for (ColumnToken token : now.searchTokens(text)) {
            cells.add(Cell.bytes(Identifier.of(token.column()), token.token()));
        }
        return cells;
    }

    /** For the column list of an INSERT: {@code "email", "email_encrypted", "email_search"}. */
    public String columns() {
        return Identifier.list(names()).sql();
    }

    /** A question mark for each of {@link #columns}. */
    public String marks() {
        return String.join(", ", Collections.nCopies(cells.size(), "?"));
    }

    /** For the SET of an UPDATE: {@code "email" = ?, "email_encrypted" = ?, …}. */
    public String assignments() {
        return Sql.each("{name} = ?", names()).sql();
    }

    /**
     * Binds what goes into each column.
     *
     * @param from the number of the first question mark
     * @return the number of the one after the last
     */
    public int bind(PreparedStatement statement, int from) throws SQLException {
        int at = from;
        for (Cell cell : cells) {
            cell.bind(statement, at++);
        }
        return at;
    }

    private List<Identifier> names() {
        return cells.stream().map(Cell::column).toList();
    }

    @Override
    public String toString() {
        return "Writing[%s]".formatted(columns());
    }
}
