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
COMMENT ON TABLE sealway.dropped IS 'Where the write-ahead log stood when plaintext was dropped, and the files that held it: as long as they are the table''s files, it is in them.';
