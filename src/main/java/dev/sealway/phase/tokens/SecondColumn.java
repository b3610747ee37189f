package dev.sealway.phase.tokens;

import dev.sealway.catalog.LiveTable;
import dev.sealway.error.SealwayException;
import dev.sealway.index.RotatedIndexes;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Literal;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.RotationState;
import dev.sealway.ledger.SealedViews;
import dev.sealway.ledger.SecondToken;
import dev.sealway.ledger.TokenRotations;
import dev.sealway.plan.DerivedNames;
import dev.sealway.progress.Progress;

/**
 * Adds the column for tokens under another key, empty, with the trigger that keeps it from becoming stale. Metadata only,
 * in one transaction under a short lock. Thread-safe.
 */
public final class SecondColumn {

    private static final Sql ADD = Sql.of("ALTER TABLE {table} ADD COLUMN {column} pg_catalog.bytea");
    private static final Sql COMMENT = Sql.of("COMMENT ON COLUMN {table}.{column} IS {comment}");

    private final Database database;
    private final ShortLock shortLock;
    private final Progress progress;
    private final ViewMaker views;

    public SecondColumn(Database database, ShortLock shortLock, Progress progress, ViewMaker views) {
        this.database = database;
        this.shortLock = shortLock;
        this.progress = progress;
        this.views = views;
    }

    /** @param keyId the key of the token keyset that is to make the new tokens */
    public void add(RegisteredTable table, LiveTable live, RegisteredColumn column, long keyId, long runId) {
        try (Session session = database.open()) {
            Identifier added = shortLock.run(
                    session,
                    live.name(),
                    "adding a token column to %s".formatted(live.name()),
                    TransactionSettings.writing(),
                    tx -> add(tx, live, column, keyId, runId, table));
            progress.done("Added column %s.%s".formatted(live.name(), added));
        }
    }

    private Identifier add(
            Transaction tx, LiveTable live, RegisteredColumn column, long keyId, long runId, RegisteredTable table) {
        TokenRotations rotations = TokenRotations.in(tx);
        int generation = rotations.nextGeneration(column, keyId);
        Identifier name = Identifier.of(DerivedNames.search(column.plaintext().name(), generation));
        if (live.column(name.name()).isPresent()) {
            throw SealwayException.refused(
                    "%s has a column %s, and that is what the tokens under key %d want to be called; rename it"
                            .formatted(live.name(), name, keyId));
        }
        tx.executeDefinition(ADD.with("table", live.name()).with("column", name));
        tx.executeDefinition(COMMENT.with("table", live.name())
                .with("column", name)
                .with(
                        "comment",
                        new Literal("search token of column %s, under key %d".formatted(column.plaintext(), keyId))));
        rotations.begin(column, new SecondToken(name, keyId, RotationState.FILLING, generation), runId);
        Definitions definitions = new Definitions(tx, live, views);
        RegisteredTable now = definitions.guard(table.id());
        now.columns().stream().filter(c -> c.id() == column.id()).forEach(c -> RotatedIndexes.of(tx, now, live, c));
        definitions.makeView(now, !SealedViews.in(tx).of(now).isEmpty());
        return name;
    }
}
