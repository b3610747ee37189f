ALTER TABLE sealway.run
  DROP CONSTRAINT run_outcome,
  ADD CONSTRAINT run_outcome
    CHECK (outcome IN ('running', 'done', 'failed', 'refused', 'cancelled', 'abandoned'));
COMMENT ON TABLE sealway.run IS 'One row per run of a verb. A run whose session is gone and whose leases are over while it says running was killed; the next run marks it abandoned.';

CREATE TABLE sealway.lease (
  table_oid    oid    PRIMARY KEY,
  table_name   text   NOT NULL,
  holder       text   NOT NULL,
  host         text   NOT NULL,
  process      bigint NOT NULL,
  run_id       bigint NOT NULL REFERENCES sealway.run,
  fence        bigint NOT NULL CONSTRAINT lease_fence CHECK (fence >= 1),
  taken_at     timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  expires_at   timestamptz NOT NULL,
  released_at  timestamptz
);
CREATE INDEX lease_run ON sealway.lease (run_id);
COMMENT ON TABLE sealway.lease IS 'Who works on a table, or did last. The fence grows with every holder; a transaction under an older one is refused by its own first statement.';

CREATE TABLE sealway.run_control (
  run_id      bigint PRIMARY KEY REFERENCES sealway.run ON DELETE CASCADE,
  wish        text   NOT NULL DEFAULT 'go' CONSTRAINT run_control_wish CHECK (wish IN ('go', 'pause', 'cancel')),
  batch_size  int    CONSTRAINT run_control_batch CHECK (batch_size BETWEEN 1 AND 100000),
  rows_per_second int CONSTRAINT run_control_rate CHECK (rows_per_second >= 1),
  changed_at  timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  changed_by  text   NOT NULL DEFAULT session_user,
  state       text   NOT NULL DEFAULT '',
  state_at    timestamptz
);
COMMENT ON TABLE sealway.run_control IS 'What people want of a run that is under way, and what it says it is doing.';
