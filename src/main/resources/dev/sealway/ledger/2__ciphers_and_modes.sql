ALTER TABLE sealway.sealed_table
  ADD COLUMN mode text NOT NULL DEFAULT 'expand' CONSTRAINT sealed_table_mode CHECK (mode IN ('expand', 'in-place')),
  DROP CONSTRAINT sealed_table_binding,
  ADD CONSTRAINT sealed_table_binding CHECK (binding IN ('none', 'column', 'row'));
COMMENT ON COLUMN sealway.sealed_table.mode IS 'Whether ciphertexts have columns of their own (expand) or stand in the plaintext''s place (in-place).';

ALTER TABLE sealway.sealed_column
  ADD COLUMN cipher text NOT NULL DEFAULT 'tink'
    CONSTRAINT sealed_column_cipher CHECK (cipher IN ('tink', 'vault-transit'));
COMMENT ON COLUMN sealway.sealed_column.cipher IS 'Where the keys are: tink means the key bundle and its keyset, vault-transit the Transit engine, whose mount and key keyset then names.';

ALTER TABLE sealway.checkpoint
  ADD COLUMN work text NOT NULL DEFAULT 'backfill'
    CONSTRAINT checkpoint_work CHECK (work IN ('backfill', 'reverse', 'reencrypt', 'retoken')),
  DROP CONSTRAINT checkpoint_pkey,
  ADD PRIMARY KEY (table_id, work, change, range_no);
COMMENT ON COLUMN sealway.checkpoint.work IS 'What the walk does: encrypts, decrypts in place, moves ciphertexts to a new key, or makes tokens under a new key.';

CREATE OR REPLACE VIEW sealway.encryption_migrations AS
SELECT pg_catalog.format('%s.%s', t.table_schema, t.table_name) AS table_name,
       c.plaintext AS column_name,
       c.phase,
       w.total AS rows_total,
       CASE WHEN w.finished THEN greatest(w.total - coalesce(c.rows_dirty, w.missed), 0)
            ELSE coalesce(w.done, 0) END AS rows_done,
       c.rows_dirty,
       f.rows AS rows_failed,
       CASE WHEN c.phase IN ('backfilled', 'verified', 'contracted') THEN 100.0
            WHEN w.total IS NULL THEN 0.0
            WHEN w.finished AND w.total = 0 THEN 100.0
            ELSE round(least(100.0 * (w.done + CASE WHEN w.finished THEN 0 ELSE w.missed END)
                             / nullif(w.total, 0), 99.9), 1)
       END AS percent,
       round(r.per_second, 1) AS rows_per_second,
       CASE WHEN w.finished THEN interval '0'
            ELSE make_interval(secs => (greatest(w.total - w.done - w.missed, 0) / nullif(r.per_second, 0))::float8)
       END AS time_left
  FROM sealway.sealed_table t
  JOIN sealway.sealed_column c ON c.table_id = t.id
  LEFT JOIN LATERAL (
       SELECT sum(p.rows_total)::bigint AS total,
              sum(p.rows_done)::bigint AS done,
              sum(p.rows_skipped + p.rows_failed)::bigint AS missed,
              bool_and(p.finished) AS finished,
              sum(p.rows_done + p.rows_skipped + p.rows_failed - p.resumed_rows) AS walked,
              extract(epoch FROM max(p.updated_at) - min(p.resumed_at)) AS seconds
         FROM sealway.checkpoint p
        WHERE p.table_id = t.id AND p.work = 'backfill' AND p.change = c.change) w ON true
  LEFT JOIN LATERAL (
       SELECT w.walked / nullif(w.seconds, 0) AS per_second) r ON true
  LEFT JOIN LATERAL (
       SELECT count(*) AS rows
         FROM sealway.failed_row x
        WHERE x.column_id = c.id) f ON true
 ORDER BY t.id, c.id;
