package dev.sealway.audit;

import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.Mac;
import dev.sealway.crypto.tink.TinkKeyBundle;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.keys.KeyMaterial;
import dev.sealway.ledger.LedgerSchema;
import dev.sealway.testing.Life;
import dev.sealway.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A database with a trail that is signed by fresh keys, and short ways to write to it and to break it. */
final class TrailFixture {

    final Mac mac = mac(Life.freshKeys());
    final AuditPen pen = new AuditPen("ada@build", tx -> Optional.of(mac));
    final Database database;
    private final TestDatabase testDatabase;

    TrailFixture(TestDatabase testDatabase) {
        this.testDatabase = testDatabase;
        Database bare = Database.of(testDatabase.dataSource());
        LedgerSchema.install(bare);
        this.database = bare.accompaniedBy(pen);
    }

    static Mac mac(String bundle) {
        return TinkKeyBundle.open(KeyMaterial.owning(bundle.getBytes(StandardCharsets.UTF_8), ""), "a test")
                .mac(KeyBundle.AUDIT_KEYSET);
    }

    void append(String event) {
        append(database, event);
    }

    static void append(Database database, String event) {
        database.inTransaction(TransactionSettings.writing(), "writing in a test", tx -> {
            AuditTrail.in(tx).append(1, event, Map.of("b", 2, "a", "ü"));
            return event;
        });
    }

    void append(int entries) {
        for (int i = 1; i <= entries; i++) {
            append("event." + i);
        }
    }

    AuditVerdict verify(AuditHead... anchors) {
        return verify(Optional.of(mac), anchors);
    }

    AuditVerdict verify(Optional<Mac> with, AuditHead... anchors) {
        return database.inTransaction(
                TransactionSettings.snapshot(), "reading in a test", tx -> new AuditVerifier(with, List.of(anchors))
                        .verify(tx));
    }

    List<AuditEntry> entries() {
        return database.inTransaction(TransactionSettings.reading(), "reading in a test", tx -> AuditTrail.in(tx)
                .after(0, 1000));
    }

    /** As a superuser may, whom no trigger keeps off. */
    void tamper(String... statements) throws SQLException {
        testDatabase.execute("ALTER TABLE sealway.audit DISABLE TRIGGER ALL");
        testDatabase.execute(statements);
        testDatabase.execute("ALTER TABLE sealway.audit ENABLE ALWAYS TRIGGER audit_append_only");
    }
}
