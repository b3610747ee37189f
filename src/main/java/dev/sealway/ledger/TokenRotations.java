package dev.sealway.ledger;

import dev.sealway.audit.AuditTrail;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.Map;

/**
 * The moves of search tokens to another key. What is under way for a column is its {@link SecondToken}. Bound to one
 * transaction; not thread-safe.
 */
public final class TokenRotations {

    private final Transaction tx;

    private TokenRotations(Transaction tx) {
        this.tx = tx;
    }

    public static TokenRotations in(Transaction tx) {
        return new TokenRotations(tx);
    }

    /**
     * The number of the next token column of {@code column}: counts up. One that was abandoned is taken again for the same
     * key only: an application that has not heard of it yet writes tokens under that key.
     */
    public int nextGeneration(RegisteredColumn column, long keyId) {
        return Math.toIntExact(tx.number(Sql.of("""
                        SELECT 1 + coalesce(max(generation), 1) FROM sealway.token_rotation
                         WHERE column_id = ? AND (state IN ('retiring', 'finished') OR new_key <> ?)"""), column.id(), keyId));
    }

    /**
     * Begins a rotation. The new column is there already, in this very transaction; the walk that fills it begins at the
     * table's beginning.
     *
     * @param generation of {@link #nextGeneration}
     */
    public void begin(RegisteredColumn column, SecondToken token, long runId) {
        RegisteredSearch search = column.search().orElseThrow();
        tx.execute(
                Sql.of("""
                        INSERT INTO sealway.token_rotation
                               (column_id, generation, old_search, old_number, old_key, new_search, new_number, new_key,
                                started_run)
                        SELECT c.id, ?, c.search, c.search_number, c.search_key, a.attname, a.attnum, ?, ?
                          FROM sealway.sealed_column c
                          JOIN sealway.sealed_table t ON t.id = c.table_id
                          JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attname = ?
                         WHERE c.id = ? AND c.search_key = ?"""),
                token.generation(),
                token.keyId(),
                runId,
                token.column().name(),
                column.id(),
                search.keyId());
        Checkpoints.in(tx).reset(column.tableId(), Work.RETOKEN, column.change());
        AuditTrail.in(tx)
                .append(
                        runId,
                        "tokens.filling",
                        Map.of(
                                "column", name(column),
                                "token_column", token.column().name(),
                                "old_key_id", search.keyId(),
                                "new_key_id", token.keyId()));
    }

    private String name(RegisteredColumn column) {
        return new RegisteredColumnRows(tx).describe(column.id());
    }

    /** From here on the new token is the registered one. */
    public void switchOver(RegisteredColumn column) {
        refuseUnlessOne(tx.execute(Sql.of("""
                        UPDATE sealway.token_rotation SET state = 'retiring', switched_at = now()
                         WHERE column_id = ? AND state = 'filling'"""), column.id()), column);
        tx.execute(Sql.of("""
                        UPDATE sealway.sealed_column c
                           SET search = r.new_search, search_number = r.new_number, search_key = r.new_key
                          FROM sealway.token_rotation r
                         WHERE c.id = ? AND r.column_id = c.id AND r.state = 'retiring'"""), column.id());
        AuditTrail.in(tx).append("tokens.switched", Map.of("column", name(column)));
    }

    /** The old token's column is dropped, in this very transaction. */
    public void finish(RegisteredColumn column) {
        end(column, RotationState.RETIRING, RotationState.FINISHED);
    }

    /** The new token's column is dropped, in this very transaction. */
    public void abandon(RegisteredColumn column) {
        end(column, RotationState.FILLING, RotationState.ABANDONED);
        Checkpoints.in(tx).reset(column.tableId(), Work.RETOKEN, column.change());
    }

    private void end(RegisteredColumn column, RotationState from, RotationState to) {
        int ended = tx.execute(Sql.of("""
                        UPDATE sealway.token_rotation SET state = ?, ended_at = now()
                         WHERE column_id = ? AND state = ?"""), to.word(), column.id(), from.word());
        refuseUnlessOne(ended, column);
        AuditTrail.in(tx).append("tokens.%s".formatted(to.word()), Map.of("column", name(column)));
    }

    private static void refuseUnlessOne(int rows, RegisteredColumn column) {
        if (rows != 1) {
            throw SealwayException.refused(
                    "the token rotation of column %s has moved on: another run works on it; run 'sealway keys tokens status'"
                            .formatted(column.plaintext()));
        }
    }
}
