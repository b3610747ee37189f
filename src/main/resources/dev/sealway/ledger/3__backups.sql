CREATE TABLE sealway.backup (
  id               uuid   PRIMARY KEY,
  plan             text   NOT NULL,
  table_id         bigint REFERENCES sealway.sealed_table ON DELETE SET NULL,
  table_schema     text   NOT NULL,
  table_name       text   NOT NULL,
  columns          text[] NOT NULL CONSTRAINT backup_columns CHECK (pg_catalog.cardinality(columns) > 0),
  row_count        bigint NOT NULL CONSTRAINT backup_rows CHECK (row_count >= 0),
  file_name        text   NOT NULL CONSTRAINT backup_file CHECK (file_name !~ '/'),
  file_bytes       bigint NOT NULL CONSTRAINT backup_bytes CHECK (file_bytes > 0),
  sha256           text   NOT NULL CONSTRAINT backup_sha256 CHECK (pg_catalog.length(sha256) = 64 AND sha256 ~ '^[0-9a-f]+$'),
  keeper           text   NOT NULL,
  key_id           bigint NOT NULL CONSTRAINT backup_key_id CHECK (key_id BETWEEN 0 AND 4294967295),
  evidence_key_id  bigint CONSTRAINT backup_evidence_key_id CHECK (evidence_key_id BETWEEN 0 AND 4294967295),
  taken_at         timestamptz NOT NULL,
  run_id           bigint NOT NULL REFERENCES sealway.run,
  checked_at       timestamptz
);
CREATE INDEX backup_table ON sealway.backup (table_id, taken_at);
CREATE INDEX backup_name ON sealway.backup (table_schema, table_name, taken_at);
CREATE INDEX backup_run ON sealway.backup (run_id);
COMMENT ON TABLE sealway.backup IS 'Encrypted exports that are complete: what each holds, and how its file is known again. Where the file is, is not written down.';
COMMENT ON COLUMN sealway.backup.table_id IS 'Empty if the table was not registered yet; then its name counts.';
COMMENT ON COLUMN sealway.backup.keeper IS 'Who has the key of the file: a keyset of the key bundle, or the key under which the file''s own keyset is wrapped.';
COMMENT ON COLUMN sealway.backup.checked_at IS 'When the file was last read to its end and found whole.';
