package dev.sealway.phase.reencrypt;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.jdbc.ConcurrentIndex;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.TransactionSettings;
import java.util.List;
import java.util.function.Predicate;

/**
 * The index on the rows whose ciphertext is of an older key, for the duration of a re-encryption: it shrinks as the walk
 * goes on, so that no look reads the others. Its predicate names the keyset primary, and its name follows the predicate.
 */
final class OlderKeyIndex {

    private static final Sql NAMES = Sql.of("""
            SELECT c.relname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
             WHERE i.indrelid = ?::pg_catalog.regclass AND pg_catalog.starts_with(c.relname::pg_catalog.text, ?)""");

    private final WalkedTable table;
    private final String stem;

    OlderKeyIndex(WalkedTable table) {
        this.table = table;
        this.stem = "sealway_rewrap_%s_".formatted(table.registered().id());
    }

    ConcurrentIndex index() {
        Sql definition = Sql.of("({key}) WHERE {older}")
                .with("key", Identifier.list(table.rowKey().names()))
                .with(
                        "older",
                        Sql.join(
                                " OR ",
                                table.columns().stream()
                                        .map(WalkedColumn::isOfAnOlderKey)
                                        .toList()));
        String digits = "%08x".formatted(definition.sql().hashCode());
        return new ConcurrentIndex(table.name(), Identifier.of(stem + digits), false, definition);
    }

    /** Takes this index away, and those that killed runs left behind. */
    void removeAll(Session session) {
        remove(session, name -> true);
    }

    /** Takes away what killed runs left behind under another primary. */
    void removeOthers(Session session) {
        String own = index().name().name();
        remove(session, name -> !name.equals(own));
    }

    private void remove(Session session, Predicate<String> doomed) {
        List<String> names = session.inTransaction(
                TransactionSettings.reading(),
                "looking for indexes of re-encryptions",
                tx -> tx.list(NAMES, row -> row.getString(1), table.name().sql(), stem));
        names.stream().filter(doomed).forEach(name -> new ConcurrentIndex(
                        table.name(), Identifier.of(name), false, Sql.of(""))
                .remove(session));
    }
}
