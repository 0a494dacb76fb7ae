-- +goose Up
-- Programs of other departments. Reference table: small, read by every call.
CREATE TABLE account_client (
    client_id  BIGINT NOT NULL PRIMARY KEY,
    name       TEXT NOT NULL,
    source     TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- the department, as sources are called in templates/_sources.yaml
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- the subtree it reaches
    purposes   TEXT NOT NULL,                          -- codes, parted by blanks
    key_hash   BYTEA NOT NULL,                         -- keyed hash of the key
    old_hash   BYTEA NOT NULL,                         -- of the key before it
    old_until  BIGINT NOT NULL,                        -- until when that one is taken too
    per_minute INTEGER NOT NULL,                       -- calls
    disabled   BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    rotated_at BIGINT NOT NULL,                        -- the key's birth
    version    BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX account_client_area ON account_client (area, client_id);
