package dev.sealway.residue;

import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.residue.Trace.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the server hands on of itself: to standbys and to an archive. */
final class ServerTraces {

    private static final Sql STANDBYS = Sql.of("""
            SELECT nullif(pg_catalog.count(*), 0), pg_catalog.string_agg(DISTINCT nullif(application_name, ''), ', ')
              FROM pg_catalog.pg_stat_replication""");

    private static final Sql ARCHIVES = Sql.of("SELECT pg_catalog.current_setting('archive_mode') <> 'off'");

    private ServerTraces() {}

    static List<Trace> of(Transaction tx) {
        List<Trace> traces = new ArrayList<>();
        tx.first(
                        STANDBYS,
                        row -> row.getLong(1) == 0
                                ? Optional.<Trace>empty()
                                : Optional.of(standbys(row.getLong(1), Optional.ofNullable(row.getString(2)))))
                .flatMap(found -> found)
                .ifPresent(traces::add);
        if (tx.isTrue(ARCHIVES)) {
            traces.add(Trace.of(
                    "archive",
                    State.EXTERNAL,
                    "segments of the write-ahead log from before the rewrite are archived",
                    "let them and the base backups before them expire"));
        }
        return traces;
    }

    private static Trace standbys(long count, Optional<String> names) {
        return Trace.of(
                "standbys",
                State.EXTERNAL,
                "%d (%s): the rewrite reaches their tables by itself, their own write-ahead log is cycled only there"
                        .formatted(count, names.orElse("without a name")),
                "let them replay, then look at pg_wal there");
    }
}
