package dev.sealway.testing;

import dev.sealway.batch.TokenMaker;
import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.Catalog;
import dev.sealway.catalog.LiveTable;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.tink.TinkKeyBundle;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.keys.KeyMaterial;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.Registry;
import dev.sealway.plan.TableName;
import dev.sealway.search.BlindIndex;
import dev.sealway.search.Normalizer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Builds by hand what the workflow builds, for tests of the rooms below it. */
public final class Walks {

    private Walks() {}

    /** A table of schema public that is expanded, with all its columns. */
    public static WalkedTable table(Life life, String name) {
        KeyBundle keys = keys(life);
        return Database.of(life.database().dataSource()).inTransaction(TransactionSettings.reading(), "a test", tx -> {
            TableName table = new TableName("public", name);
            RegisteredTable registered = Registry.in(tx).table(table).orElseThrow();
            LiveTable live = Catalog.in(tx).table(table).orElseThrow();
            List<WalkedColumn> columns = registered.columns().stream()
                    .map(c -> new WalkedColumn(
                            c,
                            keys.cipher(c.keyset()),
                            c.search()
                                    .map(s -> new TokenMaker(
                                            keys.prf(KeyBundle.TOKEN_KEYSET, s.keyId()),
                                            BlindIndex.of(
                                                    s.context(),
                                                    s.indexName(),
                                                    Normalizer.parse(s.normalizer()),
                                                    s.bits()))),
                            registered.binding()))
                    .toList();
            return new WalkedTable(registered, live, WalkedTable.rowKeyOf(live), columns, Optional.empty());
        });
    }

    public static KeyBundle keys(Life life) {
        return keys(String.valueOf(life.environment().get("SEALWAY_KEYS")));
    }

    /** A bundle in clear, opened. */
    public static KeyBundle keys(String bundle) {
        try (KeyMaterial material = KeyMaterial.owning(bundle.getBytes(StandardCharsets.UTF_8), "")) {
            return TinkKeyBundle.open(material, "a test");
        }
    }
}
