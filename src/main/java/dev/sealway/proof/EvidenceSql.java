package dev.sealway.proof;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.ledger.EvidenceChunk;
import java.util.ArrayList;
import java.util.List;

/** The query behind one stretch of evidence: key texts, then the ciphertext. */
final class EvidenceSql {

    private static final Identifier T = Identifier.of("t");
    private static final Sql ROWS = Sql.of("SELECT {fields} FROM {table} t WHERE {which}");

    private final WalkedTable table;
    private final WalkedColumn column;

    EvidenceSql(WalkedTable table, WalkedColumn column) {
        this.table = table;
        this.column = column;
    }

    /** A query and its parameters. */
    record Query(Sql sql, Object[] binds) {

        @Override
        public String toString() {
            return sql.sql();
        }
    }

    /** From the first key of a chunk to the one before the next chunk's first; the last chunk ends with its own last key. */
    Query chunk(List<EvidenceChunk> chunks, int at) {
        List<Bound> bounds = new ArrayList<>();
        bounds.add(new Bound(">=", chunks.get(at).first().orElseThrow()));
        if (at + 1 < chunks.size()) {
            bounds.add(new Bound("<", chunks.get(at + 1).first().orElseThrow()));
        } else {
            bounds.add(new Bound("<=", chunks.get(at).last().orElseThrow()));
        }
        return query(bounds);
    }

    /** Rows before the first chunk. */
    Query before(List<EvidenceChunk> chunks) {
        return query(List.of(new Bound("<", chunks.get(0).first().orElseThrow())));
    }

    /** Rows after the last chunk. */
    Query after(List<EvidenceChunk> chunks) {
        return query(List.of(new Bound(">", chunks.get(chunks.size() - 1).last().orElseThrow())));
    }

    Query everything() {
        return query(List.of());
    }

    private record Bound(String operator, List<String> key) {}

    private Query query(List<Bound> bounds) {
        List<Sql> conditions = new ArrayList<>();
        List<Object> binds = new ArrayList<>();
        conditions.add(column.isInPlace() ? column.isEncryptedIn(T) : Sql.of("true"));
        for (Bound bound : bounds) {
            conditions.add(Sql.of("({key}) {operator} ({wanted})")
                    .with("key", Sql.each("t.{name}", table.rowKey().names()))
                    .with("operator", Sql.of(bound.operator()))
                    .with("wanted", parameters()));
            binds.addAll(bound.key());
        }
        Sql sql = ROWS.with("fields", Sql.join(", ", List.of(table.keyTextIn(T), column.ciphertextIn(T))))
                .with("table", table.name())
                .with("which", Sql.join(" AND ", conditions));
        return new Query(sql, binds.toArray());
    }

    private Sql parameters() {
        return Sql.join(
                ", ",
                table.rowKey().columns().stream()
                        .map(k -> Sql.of("?::pg_catalog.text::{type}").with("type", k.type()))
                        .toList());
    }

    int keys() {
        return table.rowKey().columns().size();
    }
}
