package dev.sealway.workflow;

import dev.sealway.catalog.Catalog;
import dev.sealway.discover.live.Bounds;
import dev.sealway.discover.live.Sampler;
import dev.sealway.discover.live.TableSample;
import dev.sealway.discover.live.UserTables;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.plan.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Looks at one table after the other, each in a short transaction of its own. */
final class Survey {

    private final Database database;
    private final Bounds bounds;

    Survey(Database database, Bounds bounds) {
        this.database = database;
        this.bounds = bounds;
    }

    /** @param schemas none means all */
    List<TableName> tables(Set<String> schemas) {
        return database.inTransaction(bounds.settings(), "listing the tables", tx -> UserTables.of(tx, schemas));
    }

    /**
     * A table that went away meanwhile is passed over in silence, one that cannot be looked at with a word.
     *
     * @return what could not be looked at or read, and why
     */
    List<String> each(List<TableName> tables, Consumer<TableSample> seen) {
        List<String> notices = new ArrayList<>();
        try (Session session = database.open()) {
            for (TableName table : tables) {
                try {
                    look(session, table).ifPresent(sample -> {
                        seen.accept(sample);
                        sample.unread()
                                .ifPresent(why ->
                                        notices.add("%s was judged by its names alone: %s".formatted(table, why)));
                    });
                } catch (SqlFailure failure) {
                    notices.add("%s was passed over: %s".formatted(table, why(failure)));
                }
            }
        }
        return notices;
    }

    private Optional<TableSample> look(Session session, TableName table) {
        return session.inTransaction(bounds.settings(), "looking at table " + table, tx -> Catalog.in(tx)
                .table(table)
                .map(live -> Sampler.in(tx, bounds).of(live)));
    }

    private static String why(SqlFailure failure) {
        if (failure.isConnectionLost()) {
            throw failure;
        }
        return Sampler.why(failure);
    }
}
