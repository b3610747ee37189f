package dev.sealway.proof;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query behind a proof, and how its rows are laid out: key texts, then per column plaintext, ciphertext, token. */
final class ProofSql {

    private static final Identifier T = Identifier.of("t");
    private static final Sql ALL = Sql.of("SELECT {fields} FROM {table} t ORDER BY {key}");
    private static final Sql SOME = Sql.of("""
            SELECT {fields} FROM {table} t
             WHERE ({key}) IN (SELECT {wanted} FROM unnest({arrays}) AS v({names}))""");

    private final WalkedTable table;

    ProofSql(WalkedTable table) {
        this.table = table;
    }

    /** Every row in key order; takes no parameters. */
    Sql all() {
        return filled(ALL);
    }

    /** The rows of given keys, one text array per row key column. */
    Sql some() {
        List<Sql> wanted = new ArrayList<>();
        List<Sql> arrays = new ArrayList<>();
        List<Identifier> names = new ArrayList<>();
        table.rowKey().columns().forEach(k -> {
            Identifier name = Identifier.of("k" + names.size());
            names.add(name);
            arrays.add(Sql.of("?::pg_catalog.text[]"));
            wanted.add(Sql.of("v.{k}::{type}").with("k", name).with("type", k.type()));
        });
        return filled(SOME)
                .with("wanted", Sql.join(", ", wanted))
                .with("arrays", Sql.join(", ", arrays))
                .with("names", Identifier.list(names));
    }

    private Sql filled(Sql sql) {
        List<Sql> fields = new ArrayList<>();
        fields.add(table.keyTextIn(T));
        for (WalkedColumn column : table.columns()) {
            fields.add(column.valueIn(T));
            fields.add(column.ciphertextIn(T));
            fields.add(column.search().map(s -> Sql.of("t.{c}").with("c", s)).orElse(Sql.of("NULL::pg_catalog.bytea")));
        }
        return sql.with("fields", Sql.join(", ", fields))
                .with("table", table.name())
                .with("key", Sql.each("t.{name}", table.rowKey().names()));
    }

    ProofRow row(byte[] @Nullable [] fields) {
        int keys = table.rowKey().columns().size();
        List<String> key = new ArrayList<>(keys);
        for (int k = 0; k < keys; k++) {
            key.add(new String(fields[k], StandardCharsets.UTF_8));
        }
        int columns = table.columns().size();
        byte[][] plaintexts = new byte[columns][];
        byte[][] ciphertexts = new byte[columns][];
        byte[][] tokens = new byte[columns][];
        for (int c = 0; c < columns; c++) {
            plaintexts[c] = fields[keys + 3 * c];
            ciphertexts[c] = fields[keys + 3 * c + 1];
            tokens[c] = fields[keys + 3 * c + 2];
        }
        return new ProofRow(key, plaintexts, ciphertexts, tokens);
    }

    int fieldCount() {
        return table.rowKey().columns().size() + 3 * table.columns().size();
    }
}
