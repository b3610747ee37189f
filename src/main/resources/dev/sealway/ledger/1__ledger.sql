CREATE TABLE sealway.run (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  verb           text        NOT NULL,
  plan           text        NOT NULL,
  actor          text        NOT NULL DEFAULT session_user,
  application    text        NOT NULL DEFAULT pg_catalog.current_setting('application_name'),
  backend_pid    int         NOT NULL DEFAULT pg_catalog.pg_backend_pid(),
  backend_start  timestamptz,
  started_at     timestamptz NOT NULL DEFAULT pg_catalog.now(),
  ended_at       timestamptz,
  outcome        text        NOT NULL DEFAULT 'running'
    CONSTRAINT run_outcome CHECK (outcome IN ('running', 'done', 'failed', 'refused', 'abandoned')),
  detail         text        NOT NULL DEFAULT '',
  CONSTRAINT run_ended CHECK ((outcome = 'running') = (ended_at IS NULL))
);
CREATE INDEX run_unfinished ON sealway.run (id) WHERE outcome = 'running';
COMMENT ON TABLE sealway.run IS 'One row per run of a verb. A run whose session is gone while it says running was killed; the next run marks it abandoned.';
COMMENT ON COLUMN sealway.run.detail IS 'Sealway''s own words: names, counts, states, and the keys of rows that failed; never a sealed value.';

CREATE TABLE sealway.sealed_table (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  plan            text   NOT NULL,
  table_schema    text   NOT NULL,
  table_name      text   NOT NULL,
  oid             oid    NOT NULL,
  home            text   NOT NULL,
  binding         text   NOT NULL CONSTRAINT sealed_table_binding CHECK (binding IN ('column', 'row')),
  row_key         text[] NOT NULL,
  row_key_numbers bigint[] NOT NULL,
  registered_at   timestamptz NOT NULL DEFAULT pg_catalog.now(),
  CONSTRAINT sealed_table_name UNIQUE (table_schema, table_name) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT sealed_table_row_key CHECK (pg_catalog.cardinality(row_key) = pg_catalog.cardinality(row_key_numbers))
);
CREATE INDEX sealed_table_plan ON sealway.sealed_table (plan);
COMMENT ON TABLE sealway.sealed_table IS 'The tables of plans. Everything else here goes by this id; name and oid are resolved again at the start of each run.';
COMMENT ON COLUMN sealway.sealed_table.home IS 'The cluster and database in which oid and column numbers hold; elsewhere (a restore, a clone) the table is found by its name.';

CREATE TABLE sealway.sealed_column (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  table_id           bigint NOT NULL REFERENCES sealway.sealed_table ON DELETE CASCADE,
  plaintext          text   NOT NULL,
  plaintext_number   int    NOT NULL,
  encrypted          text   NOT NULL,
  encrypted_number   int,
  search             text,
  search_number      int,
  search_normalizer  text,
  search_context     text,
  search_index       text,
  search_bits        int    CONSTRAINT sealed_column_bits CHECK (search_bits BETWEEN 1 AND 256),
  search_unique      boolean,
  context            text   NOT NULL CONSTRAINT sealed_column_context UNIQUE,
  encoding           text   NOT NULL,
  keyset             text   NOT NULL,
  change             int    NOT NULL CONSTRAINT sealed_column_change CHECK (change >= 1),
  phase              text   NOT NULL DEFAULT 'registered'
    CONSTRAINT sealed_column_phase CHECK (phase IN ('registered', 'expanded', 'backfilled', 'verified', 'contracted')),
  rows_dirty         bigint CONSTRAINT sealed_column_dirty CHECK (rows_dirty >= 0),
  rows_dirty_at      timestamptz,
  registered_at      timestamptz NOT NULL DEFAULT pg_catalog.now(),
  phase_at           timestamptz NOT NULL DEFAULT pg_catalog.now(),
  phase_run          bigint REFERENCES sealway.run,
  backfilled_at      timestamptz,
  verified_at        timestamptz,
  verified_run       bigint REFERENCES sealway.run,
  contracted_at      timestamptz,
  CONSTRAINT sealed_column_plaintext UNIQUE (table_id, plaintext) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT sealed_column_encrypted UNIQUE (table_id, encrypted) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT sealed_column_search_whole CHECK (
    pg_catalog.num_nulls(search, search_normalizer, search_context, search_index, search_bits, search_unique) IN (0, 6)),
  CONSTRAINT sealed_column_expanded CHECK (phase = 'registered' OR encrypted_number IS NOT NULL),
  CONSTRAINT sealed_column_verified CHECK (
    (phase IN ('verified', 'contracted')) = (verified_at IS NOT NULL) AND (verified_at IS NULL) = (verified_run IS NULL)),
  CONSTRAINT sealed_column_contracted CHECK ((phase = 'contracted') = (contracted_at IS NOT NULL))
);
CREATE INDEX sealed_column_table ON sealway.sealed_column (table_id, change);
CREATE INDEX sealed_column_phase_run ON sealway.sealed_column (phase_run);
CREATE INDEX sealed_column_verified_run ON sealway.sealed_column (verified_run);
COMMENT ON TABLE sealway.sealed_column IS 'The columns of plans. Context, encoding, keyset and search are frozen at registration: ciphertexts and tokens depend on them.';
COMMENT ON COLUMN sealway.sealed_column.rows_dirty IS 'Rows whose plaintext was not sealed when they were last counted, at rows_dirty_at.';

CREATE TABLE sealway.checkpoint (
  table_id      bigint NOT NULL REFERENCES sealway.sealed_table ON DELETE CASCADE,
  change        int    NOT NULL CONSTRAINT checkpoint_change CHECK (change >= 1),
  range_no      int    NOT NULL CONSTRAINT checkpoint_range CHECK (range_no >= 0),
  low_key       text[],
  high_key      text[],
  last_key      text[],
  rows_done     bigint NOT NULL DEFAULT 0 CONSTRAINT checkpoint_done CHECK (rows_done >= 0),
  rows_skipped  bigint NOT NULL DEFAULT 0 CONSTRAINT checkpoint_skipped CHECK (rows_skipped >= 0),
  rows_failed   bigint NOT NULL DEFAULT 0 CONSTRAINT checkpoint_failed CHECK (rows_failed >= 0),
  rows_total    bigint NOT NULL CONSTRAINT checkpoint_total CHECK (rows_total >= 0),
  started_at    timestamptz NOT NULL DEFAULT pg_catalog.now(),
  resumed_at    timestamptz NOT NULL DEFAULT pg_catalog.now(),
  resumed_rows  bigint NOT NULL DEFAULT 0,
  updated_at    timestamptz NOT NULL DEFAULT pg_catalog.now(),
  finished      boolean NOT NULL DEFAULT false,
  PRIMARY KEY (table_id, change, range_no),
  CONSTRAINT checkpoint_forgets_keys CHECK (
    NOT finished OR pg_catalog.num_nonnulls(low_key, high_key, last_key) = 0)
);
COMMENT ON TABLE sealway.checkpoint IS 'Where the walk of a range stands; committed together with the rows it tells of. A row key may be personal, so a finished walk keeps none.';
COMMENT ON COLUMN sealway.checkpoint.resumed_at IS 'When the run that walks now took over; the rate is measured from here, so that a night''s pause does not count.';

CREATE TABLE sealway.failed_row (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  column_id  bigint NOT NULL REFERENCES sealway.sealed_column ON DELETE CASCADE,
  row_key    text[] NOT NULL,
  reason     text   NOT NULL,
  at         timestamptz NOT NULL DEFAULT pg_catalog.now()
);
CREATE INDEX failed_row_column ON sealway.failed_row (column_id);
CREATE INDEX failed_row_key ON sealway.failed_row USING hash (row_key);
COMMENT ON TABLE sealway.failed_row IS 'Rows that could not be sealed and why (a code, never the value); removed once they are.';

CREATE TABLE sealway.keyring (
  keyset       text    NOT NULL,
  purpose      text    NOT NULL,
  key_id       bigint  NOT NULL CONSTRAINT keyring_key_id CHECK (key_id BETWEEN 0 AND 4294967295),
  fingerprint  text    NOT NULL,
  canary       bytea,
  is_primary   boolean NOT NULL,
  first_seen   timestamptz NOT NULL DEFAULT pg_catalog.now(),
  encryptions  bigint  NOT NULL DEFAULT 0 CONSTRAINT keyring_encryptions CHECK (encryptions >= 0),
  PRIMARY KEY (keyset, key_id)
);
CREATE UNIQUE INDEX keyring_one_primary ON sealway.keyring (keyset) WHERE is_primary;
COMMENT ON TABLE sealway.keyring IS 'Which keys sealed this database''s data: ids, the fingerprint of the bundle, canaries. Never key material.';
COMMENT ON COLUMN sealway.keyring.canary IS 'Made by this key when it was the keyset''s primary; a bundle that does not accept it is the wrong one.';

CREATE TABLE sealway.evidence (
  column_id   bigint NOT NULL REFERENCES sealway.sealed_column ON DELETE CASCADE,
  run_id      bigint NOT NULL REFERENCES sealway.run,
  chunk_no    int    NOT NULL CONSTRAINT evidence_chunk CHECK (chunk_no >= -1),
  first_key   text[],
  last_key    text[],
  row_count   bigint NOT NULL CONSTRAINT evidence_rows CHECK (row_count >= 0),
  null_count  bigint NOT NULL CONSTRAINT evidence_nulls CHECK (null_count BETWEEN 0 AND row_count),
  digest      bytea  NOT NULL CONSTRAINT evidence_digest CHECK (pg_catalog.octet_length(digest) = 32),
  PRIMARY KEY (column_id, chunk_no)
);
CREATE INDEX evidence_run ON sealway.evidence (run_id);
COMMENT ON TABLE sealway.evidence IS 'Keyed sums over the values of a column as its last full verify saw them, by chunks of the row key; chunk -1 is the total.';

CREATE TABLE sealway.verified_table (
  table_id     bigint NOT NULL REFERENCES sealway.sealed_table ON DELETE CASCADE,
  change       int    NOT NULL,
  fingerprint  text   NOT NULL,
  run_id       bigint NOT NULL REFERENCES sealway.run,
  at           timestamptz NOT NULL DEFAULT pg_catalog.now(),
  PRIMARY KEY (table_id, change)
);
CREATE INDEX verified_table_run ON sealway.verified_table (run_id);
COMMENT ON TABLE sealway.verified_table IS 'What a table''s definition looked like when it was verified, so that a later change to it is noticed.';

CREATE TABLE sealway.saved_definition (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  table_id    bigint NOT NULL REFERENCES sealway.sealed_table ON DELETE CASCADE,
  run_id      bigint NOT NULL REFERENCES sealway.run,
  kind        text   NOT NULL,
  name        text   NOT NULL,
  definition  text   NOT NULL,
  saved_at    timestamptz NOT NULL DEFAULT pg_catalog.now()
);
CREATE INDEX saved_definition_table ON sealway.saved_definition (table_id, run_id);
CREATE INDEX saved_definition_run ON sealway.saved_definition (run_id);
COMMENT ON TABLE sealway.saved_definition IS 'Definitions of what was dropped or changed, in the catalogue''s own words, for the way back.';

CREATE TABLE sealway.recheck (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  table_id  bigint NOT NULL,
  row_key   text[] NOT NULL,
  at        timestamptz NOT NULL DEFAULT pg_catalog.now()
);
CREATE INDEX recheck_table ON sealway.recheck (table_id, id);
COMMENT ON TABLE sealway.recheck IS 'Rows that changed since verify began, written by a trigger in the application''s own transactions. No foreign key: each write would lock the table''s one row in the registry.';

CREATE TABLE sealway.confirmation (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  plan       text   NOT NULL,
  phrase     text   NOT NULL,
  columns    text[] NOT NULL,
  opened_at  timestamptz NOT NULL DEFAULT pg_catalog.now(),
  opened_by  text   NOT NULL DEFAULT session_user,
  closed_at  timestamptz
);
CREATE UNIQUE INDEX confirmation_one_open ON sealway.confirmation (plan) WHERE closed_at IS NULL;
COMMENT ON TABLE sealway.confirmation IS 'Drops that a person confirmed. One that was begun may go on under its own phrase after the list of columns shrank.';

CREATE TABLE sealway.sealed_view (
  table_id     bigint NOT NULL REFERENCES sealway.sealed_table ON DELETE CASCADE,
  view_schema  text   NOT NULL,
  view_name    text   NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT pg_catalog.now(),
  PRIMARY KEY (view_schema, view_name)
);
CREATE INDEX sealed_view_table ON sealway.sealed_view (table_id);
COMMENT ON TABLE sealway.sealed_view IS 'Compatibility views that Sealway made and may replace or drop.';

CREATE VIEW sealway.encryption_migrations AS
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
        WHERE p.table_id = t.id AND p.change = c.change) w ON true
  LEFT JOIN LATERAL (
       SELECT w.walked / nullif(w.seconds, 0) AS per_second) r ON true
  LEFT JOIN LATERAL (
       SELECT count(*) AS rows
         FROM sealway.failed_row x
        WHERE x.column_id = c.id) f ON true
 ORDER BY t.id, c.id;
COMMENT ON VIEW sealway.encryption_migrations IS 'For people: one row per table and column. rows_dirty is what was last counted, not what is true this second.';
