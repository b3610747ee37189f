package dev.sealway.phase.views;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFragment;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredSearch;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.plan.DerivedNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The columns of a compatibility view: the old ones by name and in order, search tokens last. */
final class ViewColumns {

    /**
     * A column as the view shows it.
     *
     * @param name in the view
     * @param source what stands in the SELECT
     */
    private record Shown(Identifier name, SqlFragment source) {}

    private final Map<String, RegisteredColumn> byPlaintext = new HashMap<>();
    private final Map<String, RegisteredColumn> byEncrypted = new HashMap<>();
    private final Set<String> tokens = new HashSet<>();
    private final Map<String, Identifier> usualNames = new HashMap<>();

    /** The name that a token had before its column was left for one of another key: whoever asks by it is served. */
    private void addUsualName(RegisteredSearch search, Identifier plaintext, LiveTable live) {
        String usual = DerivedNames.search(plaintext.name());
        if (search.second().isEmpty()
                && !search.column().name().equals(usual)
                && Identifier.isValid(usual)
                && live.column(usual).isEmpty()) {
            usualNames.put(search.column().name(), Identifier.of(usual));
        }
    }

    private ViewColumns(RegisteredTable table, LiveTable live) {
        table.columns().stream()
                .filter(c -> c.phase() != ColumnPhase.REGISTERED)
                .forEach(c -> {
                    byPlaintext.put(c.plaintext().name(), c);
                    byEncrypted.put(c.encrypted().name(), c);
                    c.search().ifPresent(s -> {
                        s.columns().forEach(t -> tokens.add(t.name()));
                        addUsualName(s, c.plaintext(), live);
                    });
                });
    }

    /**
     * @param earlier the columns that the view had: they stay in that order, also after the plaintext columns are gone
     *     that gave it
     */
    static List<SqlFragment> of(RegisteredTable table, LiveTable live, List<String> earlier) {
        ViewColumns columns = new ViewColumns(table, live);
        List<Shown> first = new ArrayList<>();
        List<Shown> last = new ArrayList<>();
        for (LiveColumn column : live.columns()) {
            List<Shown> part = columns.tokens.contains(column.name().name()) ? last : first;
            columns.shown(column).forEach(part::add);
        }
        first.sort(Comparator.comparingInt(s -> place(earlier, s)));
        return Stream.concat(first.stream(), last.stream()).map(Shown::source).toList();
    }

    private static int place(List<String> earlier, Shown shown) {
        int place = earlier.indexOf(shown.name().name());
        return place < 0 ? Integer.MAX_VALUE : place;
    }

    /** The encrypted column stands where its plaintext is; once that is gone, where it is itself. */
    private Stream<Shown> shown(LiveColumn column) {
        String name = column.name().name();
        if (byPlaintext.containsKey(name)) {
            return Stream.of(sealed(byPlaintext.get(name)));
        }
        if (usualNames.containsKey(name)) {
            Identifier usual = usualNames.get(name);
            return Stream.of(new Shown(column.name(), column.name()), renamed(column.name(), usual));
        }
        if (!byEncrypted.containsKey(name)) {
            return Stream.of(new Shown(column.name(), column.name()));
        }
        RegisteredColumn encrypted = byEncrypted.get(name);
        return encrypted.phase() == ColumnPhase.CONTRACTED ? Stream.of(sealed(encrypted)) : Stream.empty();
    }

    private static Shown sealed(RegisteredColumn column) {
        return renamed(column.encrypted(), column.plaintext());
    }

    private static Shown renamed(Identifier source, Identifier name) {
        return new Shown(
                name, Sql.of("{source} AS {name}").with("source", source).with("name", name));
    }
}
