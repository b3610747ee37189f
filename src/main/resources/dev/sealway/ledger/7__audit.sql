CREATE TABLE sealway.audit (
  seq         bigint PRIMARY KEY CONSTRAINT audit_seq CHECK (seq >= 1),
  at          text   NOT NULL,
  run_id      text   NOT NULL,
  actor       text   NOT NULL,
  event       text   NOT NULL,
  body        text   NOT NULL,
  prev_hash   bytea  NOT NULL CONSTRAINT audit_prev_hash CHECK (pg_catalog.octet_length(prev_hash) = 32),
  entry_hash  bytea  NOT NULL UNIQUE CONSTRAINT audit_entry_hash CHECK (pg_catalog.octet_length(entry_hash) = 32),
  mac         bytea
);
COMMENT ON TABLE sealway.audit IS 'The audit trail: each entry is chained to the one before by its hash, and signed with the audit keyset. Append only.';
COMMENT ON COLUMN sealway.audit.mac IS 'Over entry_hash; empty where the run had no key bundle to sign with.';

CREATE FUNCTION sealway.refuse_audit_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
    MESSAGE = 'the audit trail is append only',
    HINT = 'what is wrong in it is corrected by another entry';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON sealway.audit
  FOR EACH ROW EXECUTE FUNCTION sealway.refuse_audit_change();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON sealway.audit
  FOR EACH STATEMENT EXECUTE FUNCTION sealway.refuse_audit_change();
ALTER TABLE sealway.audit ENABLE ALWAYS TRIGGER audit_append_only;
ALTER TABLE sealway.audit ENABLE ALWAYS TRIGGER audit_no_truncate;
