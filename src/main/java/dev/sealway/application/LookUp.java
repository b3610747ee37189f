package dev.sealway.application;

import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.workflow.ColumnToken;
import dev.sealway.workflow.SealedField;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A condition on rows that may hold a value: by plaintext before expand, by either until the cut over, and by search token
 * from then on. Made for one statement; never prints the value. Not thread-safe.
 */
public final class LookUp {

    private static final Sql EQUAL = Sql.of("{name} = ?");
    private static final Sql ANY = Sql.of("({conditions})");

    private final List<Cell> cells;

    private LookUp(List<Cell> cells) {
        this.cells = cells;
    }

    /** A row that was written by an application of the next phase has no plaintext: so by the token, too. */
    static LookUp of(SealedField now, Residence residence, String text) {
        now.requireBlindIndex();
        List<Cell> cells = new ArrayList<>();
        if (residence != Residence.ENCRYPTED) {
            cells.add(Cell.text(now.plaintext(), text));
        }
        if (residence != Residence.PLAINTEXT) {
            for (ColumnToken token : now.searchTokens(text)) {
                cells.add(Cell.bytes(Identifier.of(token.column()), token.token()));
            }
        }
        return new LookUp(cells);
    }

    /** {@code ("email" = ? OR "email_search" = ?)} */
    public String condition() {
        return ANY.with(
                        "conditions",
                        Sql.join(
                                " OR ",
                                cells.stream()
                                        .map(c -> EQUAL.with("name", c.column()))
                                        .toList()))
                .sql();
    }

    /**
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

    @Override
    public String toString() {
        return "LookUp[%s]".formatted(condition());
    }
}
