ALTER TABLE sealway.keyring
  ADD COLUMN promoted_at timestamptz,
  ADD COLUMN disabled_at timestamptz,
  ADD COLUMN destroyed_at timestamptz,
  ADD CONSTRAINT keyring_destroyed CHECK (destroyed_at IS NULL OR disabled_at IS NOT NULL);
UPDATE sealway.keyring SET promoted_at = first_seen WHERE is_primary OR canary IS NOT NULL;
COMMENT ON COLUMN sealway.keyring.promoted_at IS 'When the key last became its keyset''s primary; the youngest of a keyset is the one that a re-encryption must seal with.';
COMMENT ON COLUMN sealway.keyring.disabled_at IS 'Since when bundles need not open with this key: its canary is not asked for any more.';

CREATE TABLE sealway.key_event (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at           timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  actor        text   NOT NULL DEFAULT session_user,
  run_id       bigint NOT NULL REFERENCES sealway.run,
  keyset       text   NOT NULL,
  key_id       bigint NOT NULL CONSTRAINT key_event_key_id CHECK (key_id BETWEEN 0 AND 4294967295),
  event        text   NOT NULL
    CONSTRAINT key_event_event CHECK (event IN ('added', 'promoted', 'disabled', 'enabled', 'destroyed')),
  fingerprint  text   NOT NULL,
  detail       text   NOT NULL DEFAULT ''
);
CREATE INDEX key_event_run ON sealway.key_event (run_id);
CREATE INDEX key_event_key ON sealway.key_event (keyset, key_id);
COMMENT ON TABLE sealway.key_event IS 'What was done with keys, by whom, and what the operator stated: that all readers have the bundle, that old backups are gone. The fingerprint is that of the bundle it led to.';

CREATE TABLE sealway.key_attestation (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at            timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  actor         text   NOT NULL DEFAULT session_user,
  run_id        bigint NOT NULL REFERENCES sealway.run,
  bundle_id     text   NOT NULL,
  fingerprint   text   NOT NULL,
  keys          text[] NOT NULL,
  offline_copy  text   NOT NULL CONSTRAINT key_attestation_told CHECK (offline_copy <> '')
);
CREATE INDEX key_attestation_run ON sealway.key_attestation (run_id);
CREATE INDEX key_attestation_bundle ON sealway.key_attestation (bundle_id, id);
COMMENT ON TABLE sealway.key_attestation IS 'Who said that a copy of the key bundle is kept off line, where, and which keys (keyset#id) it has.';
