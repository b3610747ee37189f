package dev.sealway.ledger;

import dev.sealway.audit.AuditTrail;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The encrypted exports that are complete. Bound to one transaction; not thread-safe. */
public final class Backups {

    private static final Sql FIND = Sql.of("""
            SELECT b.id, b.plan, b.table_schema, b.table_name, b.columns, b.row_count, b.file_name, b.file_bytes, b.sha256,
                   b.keeper, b.key_id, b.evidence_key_id, b.taken_at, b.checked_at
              FROM sealway.backup b
             WHERE {which}
             ORDER BY b.taken_at DESC, b.id""");

    /** By the registry's id, which outlives a new name; by name where the table was not registered yet. */
    private static final Sql OF_COLUMNS = Sql.of("""
            b.columns @> ?
               AND CASE WHEN b.table_id IS NULL THEN (b.table_schema, b.table_name) = (?, ?)
                        ELSE b.table_id = (SELECT t.id FROM sealway.sealed_table t
                                            WHERE t.table_schema = ? AND t.table_name = ?) END""");

    private final Transaction tx;

    private Backups(Transaction tx) {
        this.tx = tx;
    }

    public static Backups in(Transaction tx) {
        return new Backups(tx);
    }

    /** Writes down a backup whose file is complete and on disk; not yet that it was checked. */
    public void record(RecordedBackup backup, long runId) {
        tx.execute(
                Sql.of("""
                        INSERT INTO sealway.backup
                               (id, plan, table_id, table_schema, table_name, columns, row_count, file_name, file_bytes,
                                sha256, keeper, key_id, evidence_key_id, taken_at, run_id)
                        VALUES (?::uuid, ?,
                                (SELECT t.id FROM sealway.sealed_table t WHERE t.table_schema = ? AND t.table_name = ?),
                                ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, -1), ?, ?)"""),
                backup.id(),
                backup.plan(),
                backup.table().schema(),
                backup.table().table(),
                backup.table().schema(),
                backup.table().table(),
                backup.columns().toArray(String[]::new),
                backup.rows(),
                backup.file().name(),
                backup.file().bytes(),
                backup.file().sha256(),
                backup.keys().keeper(),
                backup.keys().keyId(),
                backup.keys().evidenceKeyId().orElse(-1),
                backup.takenAt().atOffset(ZoneOffset.UTC),
                runId);
        AuditTrail.in(tx)
                .append(
                        runId,
                        "backup.taken",
                        Map.of(
                                "id", backup.id(),
                                "table", backup.table().toString(),
                                "columns", backup.columns(),
                                "rows", backup.rows(),
                                "file", backup.file().name(),
                                "sha256", backup.file().sha256(),
                                "keyset", backup.keys().keeper(),
                                "key_id", backup.keys().keyId()));
    }

    /**
     * Marks a backup as read to its end and found whole, now.
     *
     * @param sha256 of the file that was read
     * @return whether this ledger has that backup
     */
    public boolean checked(String id, String sha256) {
        boolean known = tx.execute(Sql.of("""
                                UPDATE sealway.backup SET checked_at = pg_catalog.clock_timestamp()
                                 WHERE id = ?::uuid AND sha256 = ?"""), id, sha256) == 1;
        if (known) {
            AuditTrail.in(tx).append("backup.checked", Map.of("id", id, "sha256", sha256));
        }
        return known;
    }

    /** The newest backup of a table that holds all of {@code columns}, whatever else it holds. */
    public Optional<RecordedBackup> newest(TableName table, Collection<Identifier> columns) {
        return tx.first(
                FIND.with("which", OF_COLUMNS),
                Backups::read,
                columns.stream().map(Identifier::name).toArray(String[]::new),
                table.schema(),
                table.table(),
                table.schema(),
                table.table());
    }

    /** Those of a plan, the newest first. */
    public List<RecordedBackup> of(String plan) {
        return tx.list(FIND.with("which", Sql.of("b.plan = ?")), Backups::read, plan);
    }

    private static RecordedBackup read(ResultSet row) throws SQLException {
        long evidenceKey = row.getLong(12);
        boolean noEvidenceKey = row.wasNull();
        return new RecordedBackup(
                row.getString(1),
                row.getString(2),
                new TableName(row.getString(3), row.getString(4)),
                List.of((String[]) row.getArray(5).getArray()),
                row.getLong(6),
                new RecordedBackup.StoredFile(row.getString(7), row.getLong(8), row.getString(9)),
                new RecordedBackup.Keys(
                        row.getString(10),
                        row.getLong(11),
                        noEvidenceKey ? OptionalLong.empty() : OptionalLong.of(evidenceKey)),
                row.getObject(13, OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject(14, OffsetDateTime.class)).map(OffsetDateTime::toInstant));
    }
}
