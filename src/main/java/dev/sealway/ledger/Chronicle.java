package dev.sealway.ledger;

import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * What a plan has been through, for people to read: when, and by which run of whom. Bound to one transaction; not
 * thread-safe.
 */
public final class Chronicle {

    /** The operator stands in the audit trail only; a ledger that is older than the trail knows the role. */
    private static final String ACTOR = """
            coalesce((SELECT a.actor FROM sealway.audit a
                       WHERE a.run_id = r.id::text AND a.event = 'run.began' ORDER BY a.seq LIMIT 1), r.actor)""";

    private static final Sql COLUMNS =
            Sql.of("""
            SELECT pg_catalog.format('%s.%s', t.table_schema, t.table_name), c.plaintext, t.mode, t.binding, c.encrypted,
                   c.search, c.search_normalizer, c.context, c.cipher, c.keyset, c.phase,
                   c.registered_at, c.verified_at, c.verified_run, {verified_by}, c.contracted_at, c.phase_at, c.phase_run,
                   {phase_by}, e.run_id, e.row_count, e.null_count, pg_catalog.encode(e.digest, 'hex'), k.key_id,
                   (SELECT pg_catalog.count(*) FROM sealway.evidence x WHERE x.column_id = c.id AND x.chunk_no >= 0)
              FROM sealway.sealed_table t
              JOIN sealway.sealed_column c ON c.table_id = t.id
              LEFT JOIN sealway.evidence e ON e.column_id = c.id AND e.chunk_no = -1
              LEFT JOIN sealway.keyring k ON k.keyset = 'evidence/default' AND k.is_primary
             WHERE t.plan = ?
             ORDER BY t.table_schema, t.table_name, c.id""").with("verified_by", by("c.verified_run")).with("phase_by", by("c.phase_run"));

    private final Transaction tx;

    private Chronicle(Transaction tx) {
        this.tx = tx;
    }

    public static Chronicle in(Transaction tx) {
        return new Chronicle(tx);
    }

    private static Sql by(String run) {
        return Sql.of("(SELECT {actor} FROM sealway.run r WHERE r.id = {run})")
                .with("actor", Sql.of(ACTOR))
                .with("run", Sql.of(run));
    }

    /** When something came about, and by which run of whom. */
    public record Milestone(Instant at, long run, String actor) {}

    /**
     * The evidence of a column in all.
     *
     * @param sum in lower-case hex
     */
    public record Evidence(long run, long rows, long nulls, int chunks, String sum, long keyId) {}

    /** How a column is sealed. */
    public record Sealing(String context, String binding, String cipher, String keyset) {}

    /**
     * One column of a plan.
     *
     * @param search the token column and its normaliser, {@code email_search (email/1)}
     * @param reached when it came into its phase
     */
    public record Column(
            String table,
            String name,
            String mode,
            String encrypted,
            Optional<String> search,
            Sealing sealing,
            ColumnPhase phase,
            Instant registeredAt,
            Optional<Milestone> reached,
            Optional<Milestone> verified,
            Optional<Evidence> evidence) {

        public boolean isInPlace() {
            return encrypted.equals(name);
        }

        /** Whether the plaintext is gone, as far as Sealway takes it: in place, whether every row was decrypted. */
        public boolean isDone() {
            return phase == ColumnPhase.CONTRACTED || (isInPlace() && phase == ColumnPhase.VERIFIED);
        }
    }

    /** By table, in the order of registration. */
    public List<Column> columns(String plan) {
        return tx.list(COLUMNS, Chronicle::column, plan);
    }

    private static Column column(ResultSet row) throws SQLException {
        Optional<String> search = Optional.ofNullable(row.getString(6));
        String normalizer = row.getString(7);
        return new Column(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(5),
                search.map(s -> "%s (%s)".formatted(s, normalizer)),
                new Sealing(row.getString(8), row.getString(4), row.getString(9), row.getString(10)),
                ColumnPhase.ofWord(row.getString(11)),
                instant(row, 12).orElseThrow(),
                milestone(row, 17, 18, 19),
                milestone(row, 13, 14, 15),
                evidence(row));
    }

    private static Optional<Milestone> milestone(ResultSet row, int at, int run, int actor) throws SQLException {
        String by = row.getString(actor);
        long id = row.getLong(run);
        return by == null ? Optional.empty() : instant(row, at).map(time -> new Milestone(time, id, by));
    }

    private static Optional<Evidence> evidence(ResultSet row) throws SQLException {
        String sum = row.getString(23);
        return sum == null
                ? Optional.empty()
                : Optional.of(new Evidence(
                        row.getLong(20), row.getLong(21), row.getLong(22), row.getInt(25), sum, row.getLong(24)));
    }

    /** One run of a verb that has ended. */
    public record Step(long run, String verb, String actor, Instant began, Instant ended, String outcome) {}

    /** The last runs of a plan, the oldest first. */
    public List<Step> runs(String plan, int limit) {
        Sql sql = Sql.of("""
                SELECT id, verb, actor, started_at, ended_at, outcome
                  FROM (SELECT r.id, r.verb, {actor} AS actor, r.started_at, r.ended_at, r.outcome
                          FROM sealway.run r WHERE r.plan = ? AND r.ended_at IS NOT NULL ORDER BY r.id DESC LIMIT ?) x
                 ORDER BY id""").with("actor", Sql.of(ACTOR));
        return tx.list(
                sql,
                row -> new Step(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        instant(row, 4).orElseThrow(),
                        instant(row, 5).orElseThrow(),
                        row.getString(6)),
                plan,
                limit);
    }

    /** A rehearsal of the way back that held. */
    public record Rehearsal(String table, List<String> columns, long rows, Instant at, long run) {

        public Rehearsal {
            columns = List.copyOf(columns);
        }
    }

    /** The last one of every table of a plan. */
    public List<Rehearsal> rehearsals(String plan) {
        return tx.list(
                Sql.of("""
                        SELECT DISTINCT ON (t.table_schema, t.table_name)
                               pg_catalog.format('%s.%s', t.table_schema, t.table_name), h.columns, h.rows, h.at, h.run_id
                          FROM sealway.rehearsal h
                          JOIN sealway.sealed_table t ON t.id = h.table_id
                         WHERE h.plan = ?
                         ORDER BY t.table_schema, t.table_name, h.at DESC"""),
                row -> new Rehearsal(
                        row.getString(1),
                        RowKeys.read(row, 2).orElse(List.of()),
                        row.getLong(3),
                        instant(row, 4).orElseThrow(),
                        row.getLong(5)),
                plan);
    }

    /** A word that a copy of the keys is kept off line, the last one of each bundle. */
    public record OfflineCopy(String bundle, Instant at, String actor, String where) {}

    public List<OfflineCopy> offlineCopies() {
        return tx.list(
                Sql.of("""
                        SELECT DISTINCT ON (bundle_id) bundle_id, at, actor, offline_copy
                          FROM sealway.key_attestation ORDER BY bundle_id, id DESC"""),
                row -> new OfflineCopy(
                        row.getString(1), instant(row, 2).orElseThrow(), row.getString(3), row.getString(4)));
    }

    /**
     * What a person decided, as the audit trail has it.
     *
     * @param body JSON
     */
    public record Decision(long seq, String at, String actor, String event, String body) {}

    /** Confirmations and overrides, the oldest first. */
    public List<Decision> decisions() {
        return tx.list(
                Sql.of("""
                        SELECT seq, at, actor, event, body FROM sealway.audit
                         WHERE event IN ('drop.confirmed', 'key.attested') OR event LIKE 'override.%'
                         ORDER BY seq"""),
                row -> new Decision(
                        row.getLong(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)));
    }

    /** A comparison of a column with its evidence, after the fact. */
    public record Comparison(String column, String at, long evidenceRun, int equal, int differing, long failed) {}

    /** The newest first. */
    public List<Comparison> comparisons() {
        return tx.list(
                Sql.of("""
                        SELECT b->>'column', at, (b->>'evidence_run')::bigint, (b->>'chunks_equal')::int,
                               (b->>'chunks_differing')::int, (b->>'rows_failed')::bigint
                          FROM sealway.audit, LATERAL (SELECT body::pg_catalog.jsonb AS b) j
                         WHERE event = 'evidence.compared'
                         ORDER BY seq DESC LIMIT 1000"""),
                row -> new Comparison(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getInt(4),
                        row.getInt(5),
                        row.getLong(6)));
    }

    private static Optional<Instant> instant(ResultSet row, int at) throws SQLException {
        return Optional.ofNullable(row.getObject(at, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
