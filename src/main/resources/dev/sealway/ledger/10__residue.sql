CREATE TABLE sealway.dropped (
  table_id   bigint NOT NULL REFERENCES sealway.sealed_table ON DELETE CASCADE,
  run_id     bigint NOT NULL REFERENCES sealway.run,
  columns    text[] NOT NULL,
  at         timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  lsn        pg_lsn NOT NULL,
  file_nodes text[] NOT NULL,
  PRIMARY KEY (table_id, run_id)
);
CREATE INDEX dropped_run ON sealway.dropped (run_id);
COMMENT ON TABLE sealway.dropped IS 'Where the write-ahead log stood when plaintext was dropped, and the files that held it, those of the statistics among them: as long as they are in use, it is in them.';

CREATE TABLE sealway.purged (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id   bigint NOT NULL REFERENCES sealway.run,
  part     text NOT NULL CHECK (part IN ('table', 'statistics', 'wal')),
  table_id bigint REFERENCES sealway.sealed_table ON DELETE CASCADE,
  at       timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  lsn      pg_lsn NOT NULL,
  CONSTRAINT purged_table CHECK ((part = 'table') = (table_id IS NOT NULL))
);
CREATE INDEX purged_table_id ON sealway.purged (table_id);
CREATE INDEX purged_run ON sealway.purged (run_id);
COMMENT ON TABLE sealway.purged IS 'What was rewritten, and where the write-ahead log stood then: what it holds from before may quote the old pages.';

CREATE TABLE sealway.borrowed_setting (
  name   text PRIMARY KEY,
  value  text,
  run_id bigint NOT NULL REFERENCES sealway.run
);
CREATE INDEX borrowed_setting_run ON sealway.borrowed_setting (run_id);
COMMENT ON TABLE sealway.borrowed_setting IS 'Server settings that a purge changed for its time, and what ALTER SYSTEM had said of them before; gone once they are put back.';
