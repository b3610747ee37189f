package dev.sealway.discover.live;

import dev.sealway.catalog.LiveTable;
import dev.sealway.jdbc.Literal;
import dev.sealway.jdbc.Sql;
import java.util.List;
import java.util.Locale;

/** From where in a table rows are taken: a large one from blocks all over it, without reading the rest. */
final class Scattered {

    private static final long LARGE = 20;
    private static final double SPARE = 3;
    private static final int ENOUGH = 10;

    private Scattered() {}

    /** Ways to read it, to be tried until one gives {@link #enough} rows. */
    static List<Sql> of(LiveTable table, int rows) {
        Sql whole = Sql.of("{table}").with("table", table.name());
        if (table.estimatedRows() <= LARGE * rows) {
            return List.of(whole);
        }
        String percent = String.format(Locale.ROOT, "%.6f", Math.max(1e-6, 100 * SPARE * rows / table.estimatedRows()));
        Sql blocks = Sql.of("{table} TABLESAMPLE SYSTEM (CAST({percent} AS pg_catalog.float4))")
                .with("table", table.name())
                .with("percent", new Literal(percent));
        return List.of(blocks, whole);
    }

    /** The statistics may be old, and blocks may be empty. */
    static int enough(int rows) {
        return Math.max(1, rows / ENOUGH);
    }
}
