package dev.sealway.catalog.check;

import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.probe.LongestPlaintext;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.TablePlan;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a column's type can hold a ciphertext of Transit, and every one that its values need. */
final class InPlaceType {

    private static final Pattern TEXT = Pattern.compile("text|character varying(?:\\(([0-9]+)\\))?");

    private final Transaction tx;
    private final TablePlan plan;
    private final LiveTable live;
    private final PlannedColumn column;
    private final Matcher type;

    InPlaceType(Transaction tx, TablePlan plan, LiveTable live, PlannedColumn column) {
        this.tx = tx;
        this.plan = plan;
        this.live = live;
        this.column = column;
        this.type = TEXT.matcher(column.live().type().sql());
    }

    boolean isText() {
        return type.matches();
    }

    /**
     * @param views over the column, which stand in the way of another type
     * @param readable whether values can be measured
     */
    void check(List<String> views, boolean readable, Findings findings) {
        if (!isText()) {
            findings.fault(
                    plan,
                    column.plan(),
                    ("has type %s; in place a ciphertext is a text, which only text and varchar hold as it is: %s first, or use"
                                    + " mode: expand")
                            .formatted(column.live().type(), asText()));
        } else if (readable) {
            limit().ifPresent(limit -> checkLength(limit, views, findings));
        }
    }

    private OptionalInt limit() {
        return type.group(1) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(type.group(1)));
    }

    private void checkLength(int limit, List<String> views, Findings findings) {
        int longest = LongestPlaintext.bytes(tx, live, column.live());
        int needed = TransitLength.withRoom(longest);
        if (needed > limit) {
            findings.fault(
                    plan,
                    column.plan(),
                    ("varchar(%d) is too short: the longest value has %d bytes, and its ciphertext %d characters, %d once the"
                                    + " key's version has four digits; %s, which rewrites nothing%s")
                            .formatted(limit, longest, TransitLength.of(longest), needed, asText(), around(views)));
        } else {
            findings.notice(
                    plan,
                    column.plan(),
                    "varchar(%d) holds the ciphertexts of values of up to %d bytes; longer ones are refused once they are encrypted, so applications must not write them"
                            .formatted(limit, TransitLength.fitting(limit)));
        }
    }

    private static String around(List<String> views) {
        return views.isEmpty()
                ? ""
                : " (PostgreSQL refuses it while there are views over the column: drop and make again %s in the same transaction)"
                        .formatted(String.join(", ", views));
    }

    private String asText() {
        return "ALTER TABLE %s ALTER COLUMN %s TYPE text"
                .formatted(live.name().sql(), column.live().name().sql());
    }
}
