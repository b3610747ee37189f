CREATE TABLE sealway.token_rotation (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  column_id    bigint NOT NULL REFERENCES sealway.sealed_column ON DELETE CASCADE,
  generation   int    NOT NULL CONSTRAINT token_rotation_generation CHECK (generation >= 2),
  old_search   text   NOT NULL,
  old_number   int    NOT NULL,
  old_key      bigint NOT NULL CONSTRAINT token_rotation_old_key CHECK (old_key BETWEEN 0 AND 4294967295),
  new_search   text   NOT NULL,
  new_number   int    NOT NULL,
  new_key      bigint NOT NULL CONSTRAINT token_rotation_new_key CHECK (new_key BETWEEN 0 AND 4294967295),
  state        text   NOT NULL DEFAULT 'filling'
    CONSTRAINT token_rotation_state CHECK (state IN ('filling', 'retiring', 'finished', 'abandoned')),
  started_at   timestamptz NOT NULL DEFAULT pg_catalog.now(),
  started_run  bigint NOT NULL REFERENCES sealway.run,
  switched_at  timestamptz,
  ended_at     timestamptz,
  CONSTRAINT token_rotation_keys CHECK (old_key <> new_key),
  CONSTRAINT token_rotation_switched CHECK ((state IN ('retiring', 'finished')) = (switched_at IS NOT NULL)),
  CONSTRAINT token_rotation_ended CHECK ((state IN ('finished', 'abandoned')) = (ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX token_rotation_one_open ON sealway.token_rotation (column_id) WHERE state IN ('filling', 'retiring');
CREATE INDEX token_rotation_column ON sealway.token_rotation (column_id);
CREATE INDEX token_rotation_run ON sealway.token_rotation (started_run);
COMMENT ON TABLE sealway.token_rotation IS 'The moves of search tokens to another key, each by way of a second column. One at a time is under way for a column: filling until the switch, retiring after it.';

ALTER TABLE sealway.sealed_column
  ADD COLUMN search_key bigint CONSTRAINT sealed_column_search_key CHECK (search_key BETWEEN 0 AND 4294967295);
UPDATE sealway.sealed_column
   SET search_key = (SELECT k.key_id FROM sealway.keyring k WHERE k.keyset = 'token/default' AND k.is_primary)
 WHERE search IS NOT NULL;
ALTER TABLE sealway.sealed_column
  DROP CONSTRAINT sealed_column_search_whole,
  ADD CONSTRAINT sealed_column_search_whole CHECK (
    pg_catalog.num_nulls(search, search_normalizer, search_context, search_index, search_bits, search_unique, search_key)
      IN (0, 7));
COMMENT ON COLUMN sealway.sealed_column.search_key IS 'The key of token/default that makes this column''s tokens, whichever key is the primary.';
