CREATE TABLE sealway.rehearsal (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  plan       text   NOT NULL,
  table_id   bigint NOT NULL REFERENCES sealway.sealed_table ON DELETE CASCADE,
  columns    text[] NOT NULL CONSTRAINT rehearsal_columns CHECK (pg_catalog.cardinality(columns) > 0),
  run_id     bigint NOT NULL REFERENCES sealway.run,
  at         timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  rows       bigint NOT NULL CONSTRAINT rehearsal_rows CHECK (rows >= 0),
  fingerprint text  NOT NULL
);
CREATE INDEX rehearsal_table ON sealway.rehearsal (table_id, at);
CREATE INDEX rehearsal_run ON sealway.rehearsal (run_id);
COMMENT ON TABLE sealway.rehearsal IS 'Rehearsals of the way back that held: on a copy of so many rows the plaintext was dropped, brought back and compared.';
