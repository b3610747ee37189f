ALTER TABLE sealway.sealed_column
  ADD COLUMN cut_over_at timestamptz,
  DROP CONSTRAINT sealed_column_phase,
  ADD CONSTRAINT sealed_column_phase CHECK (
    phase IN ('registered', 'expanded', 'backfilled', 'verified', 'cut over', 'contracted', 'reversing')),
  DROP CONSTRAINT sealed_column_verified,
  ADD CONSTRAINT sealed_column_verified CHECK (
    (verified_at IS NULL) = (verified_run IS NULL)
    AND (phase NOT IN ('verified', 'contracted', 'reversing') OR verified_at IS NOT NULL)
    AND (phase NOT IN ('registered', 'expanded', 'backfilled') OR verified_at IS NULL)),
  DROP CONSTRAINT sealed_column_contracted,
  ADD CONSTRAINT sealed_column_contracted CHECK ((phase IN ('contracted', 'reversing')) = (contracted_at IS NOT NULL)),
  ADD CONSTRAINT sealed_column_cut_over CHECK (
    (phase <> 'cut over' OR cut_over_at IS NOT NULL)
    AND (phase NOT IN ('registered', 'expanded', 'backfilled', 'verified') OR cut_over_at IS NULL));
COMMENT ON COLUMN sealway.sealed_column.cut_over_at IS 'Since when the encrypted column is authoritative; empty where contract came straight after verify.';

CREATE OR REPLACE VIEW sealway.encryption_migrations AS
SELECT pg_catalog.format('%s.%s', t.table_schema, t.table_name) AS table_name,
       c.plaintext AS column_name,
       c.phase,
       w.total AS rows_total,
       CASE WHEN w.finished THEN greatest(w.total - coalesce(c.rows_dirty, w.missed), 0)
            ELSE coalesce(w.done, 0) END AS rows_done,
       c.rows_dirty,
       f.rows AS rows_failed,
       CASE WHEN c.phase NOT IN ('registered', 'expanded') THEN 100.0
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

CREATE TABLE sealway.legacy_watch (
  table_id  bigint PRIMARY KEY REFERENCES sealway.sealed_table ON DELETE CASCADE,
  columns   text[] NOT NULL,
  armed_at  timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp()
);
COMMENT ON TABLE sealway.legacy_watch IS 'Since when writers that know nothing of the encrypted columns are watched for without a gap.';

CREATE TABLE sealway.legacy_write (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  table_id     bigint NOT NULL,
  role         text   NOT NULL,
  application  text   NOT NULL,
  at           timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp()
);
CREATE INDEX legacy_write_table ON sealway.legacy_write (table_id, at);
COMMENT ON TABLE sealway.legacy_write IS 'Who wrote a plaintext without its ciphertext, written by a trigger in the application''s own transactions: one row for a session in ten seconds at most. No foreign key: each write would lock the table''s one row in the registry.';
