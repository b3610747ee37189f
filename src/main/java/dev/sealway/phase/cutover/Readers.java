package dev.sealway.phase.cutover;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.inventory.Dependent;
import dev.sealway.catalog.inventory.Inventory;
import dev.sealway.error.SealwayException;
import dev.sealway.index.TokenIndexes;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at what hangs on a plaintext that becomes null bit by bit. */
final class Readers {

    private static final Sql NOT_NULL_DOMAIN = Sql.of("""
            SELECT true FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
             WHERE a.attrelid = ?::pg_catalog.regclass AND a.attname = ? AND t.typtype = 'd' AND t.typnotnull""");

    private Readers() {}

    /** @throws SealwayException if something is undecided, or cannot live with a plaintext that is null */
    static void require(Transaction tx, CutOverOrder order, TokenIndexes indexes) {
        WalkedTable table = order.table();
        List<Identifier> plaintext =
                table.columns().stream().map(WalkedColumn::plaintext).toList();
        List<Dependent> all =
                Inventory.of(tx, table.live(), plaintext, table.registered().ownedColumns());
        Set<Dependent> carried =
                indexes.carried().stream().map(c -> c.replaced()).collect(Collectors.toSet());
        List<Dependent> open = Inventory.undispositioned(all, order.dispositions(), carried);
        if (!open.isEmpty()) {
            throw SealwayException.refused(
                    "%d objects hang on the plaintext of %s, which will be null wherever only the encrypted column is written, and the plan does not say what becomes of them. Decide on each under 'dispositions' of the table (drop, accept, or replace-with: <name>):%s"
                            .formatted(
                                    open.size(),
                                    table.name(),
                                    open.stream()
                                            .map(d -> "\n  " + d.proposedLine())
                                            .collect(Collectors.joining())));
        }
        requireNoReference(table, all);
        plaintext.forEach(c -> requireNullable(tx, table, c));
    }

    private static void requireNoReference(WalkedTable table, List<Dependent> all) {
        List<String> references = all.stream()
                .filter(d -> d.kind().equals("foreign key"))
                .map(Dependent::name)
                .toList();
        if (!references.isEmpty()) {
            throw SealwayException.refused(
                    "foreign keys rest on the plaintext of %s, which will be null wherever only the encrypted column is written: %s; drop them first"
                            .formatted(table.name(), String.join(", ", references)));
        }
    }

    private static void requireNullable(Transaction tx, WalkedTable table, Identifier column) {
        if (tx.isTrue(NOT_NULL_DOMAIN, table.name().sql(), column.name())) {
            throw SealwayException.refused(
                    "column %s.%s is of a domain that forbids NULL, so it cannot be left empty; go from verify straight to contract"
                            .formatted(table.name(), column));
        }
    }
}
