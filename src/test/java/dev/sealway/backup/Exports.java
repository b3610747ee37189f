package dev.sealway.backup;

import dev.sealway.backup.BackupDescription.Origin;
import dev.sealway.catalog.Catalog;
import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.TypeSupport;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.StreamCipher;
import dev.sealway.crypto.StreamKey;
import dev.sealway.crypto.StreamKeys;
import dev.sealway.crypto.tink.Algorithm;
import dev.sealway.crypto.tink.GeneratedBundle;
import dev.sealway.crypto.tink.TinkKeyBundle;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.plan.TableName;
import dev.sealway.progress.Progress;
import dev.sealway.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds by hand what the workflow builds: the backups of one database under one bundle. */
final class Exports {

    private final TestDatabase database;
    private final Path directory;
    private BackupKeys keys = bundled();
    private Progress progress = Progress.NONE;

    Exports(TestDatabase database, Path directory) {
        this.database = database;
        this.directory = directory;
    }

    Exports under(BackupKeys others) {
        keys = others;
        return this;
    }

    Exports hearing(Progress listener) {
        progress = listener;
        return this;
    }

    BackupKeys keys() {
        return keys;
    }

    /** The keys of a fresh bundle. */
    static BackupKeys bundled() {
        try (GeneratedBundle fresh = GeneratedBundle.generate("test", Algorithm.AES256_GCM)) {
            return bundled(TinkKeyBundle.open(fresh.material(), "a test"));
        }
    }

    private static BackupKeys bundled(KeyBundle bundle) {
        StreamKeys streams = new StreamKeys() {
            @Override
            public StreamKey begin(String stream) {
                return new StreamKey(bundle.streams(KeyBundle.BACKUP_KEYSET), "backup/default", Optional.empty());
            }

            @Override
            public StreamCipher find(String stream, String keeper, Optional<byte[]> wrapped) {
                return bundle.streams(keeper);
            }
        };
        return new BackupKeys(streams, Optional.of(bundle));
    }

    /** A table of schema public with all columns that are not in its row key. */
    BackupTable table(String name) {
        return Database.of(database.dataSource()).inTransaction(TransactionSettings.reading(), "a test", tx -> {
            LiveTable live = Catalog.in(tx).table(new TableName("public", name)).orElseThrow();
            List<BackupColumn> columns = live.columns().stream()
                    .filter(c -> !live.rowKey().orElseThrow().columns().contains(c))
                    .map(c -> new BackupColumn(
                            c.name().name(),
                            c.type().sql(),
                            "public.%s.%s".formatted(name, c.name()),
                            TypeSupport.encoding(c, 0)))
                    .toList();
            return new BackupTable(live, live.rowKey().orElseThrow(), columns);
        });
    }

    WrittenBackup write(String table) {
        return new Backup(Database.of(database.dataSource()), "shop", keys, progress).write(table(table), directory);
    }

    Origin origin() {
        return new Origin(database.name(), "shop");
    }

    BackupReader reader(Path file) {
        return new BackupReader(file, origin(), keys, progress);
    }

    /** Row keys and values as text, null as {@code ␀}. */
    List<List<String>> rows(Path file) {
        List<List<String>> rows = new ArrayList<>();
        reader(file).each((key, values) -> {
            List<String> row = new ArrayList<>(key);
            for (byte[] value : values) {
                row.add(value == null ? "␀" : new String(value, StandardCharsets.UTF_8));
            }
            rows.add(row);
        });
        return rows;
    }
}
