-- +goose Up
-- What was sent, by its idempotency key, for good: a phone may send again after months.
CREATE TABLE collect_receipt (
    key       TEXT /*postgres:COLLATE "C"*/ NOT NULL PRIMARY KEY,
    by_id     BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    kind      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- need, visit, new
    object_id BIGINT NOT NULL,                        -- person, household, newcomer
    flag      TEXT NOT NULL                           -- what the answer said beyond "saved": the candidate of a newcomer
) /*sqlite:WITHOUT ROWID*/;

-- Visits of households.
CREATE TABLE collect_visit (
    household_id BIGINT NOT NULL,
    key          TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    visited      DATE NOT NULL,
    at           BIGINT NOT NULL,
    headcount    SMALLINT NOT NULL, -- people who live there at present; 0: not said
    note         TEXT NOT NULL,
    by_id        BIGINT NOT NULL,
    by_name      TEXT NOT NULL,
    PRIMARY KEY (household_id, key)
) /*sqlite:WITHOUT ROWID*/;

-- What a visit heard that may change a file: it waits for somebody at the desk.
CREATE TABLE collect_hint (
    person_id    BIGINT NOT NULL,
    hint_id      BIGINT NOT NULL,
    kind         TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- phone, moved, died
    area         TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    said         DATE NOT NULL,
    value_seal   BYTEA NOT NULL,                         -- the new telephone, where somebody moved to
    state        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- open, right, wrong
    at           BIGINT NOT NULL,
    by_id        BIGINT NOT NULL,
    by_name      TEXT NOT NULL,
    decided_at   BIGINT NOT NULL,
    decided_name TEXT NOT NULL,
    reason       TEXT NOT NULL,
    version      BIGINT NOT NULL,
    PRIMARY KEY (person_id, hint_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX collect_hint_open ON collect_hint (state, area, hint_id);

-- People met who are not in the register, or are thought not to be.
CREATE TABLE collect_newcomer (
    newcomer_id  BIGINT NOT NULL PRIMARY KEY,
    area         TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    name         TEXT NOT NULL,
    name_key     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    number_hash  BYTEA NOT NULL,                         -- empty without a number
    number_seal  BYTEA NOT NULL,
    phone_seal   BYTEA NOT NULL,
    note         TEXT NOT NULL,
    met          DATE NOT NULL,
    why          TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- why somebody else may be meant: number, name, twice, twicename; empty: nobody
    person_id    BIGINT NOT NULL,                        -- who is in the register; 0
    other_id     BIGINT NOT NULL,                        -- the newcomer entered before; 0
    state        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- open, same, new, wrong
    at           BIGINT NOT NULL,
    by_id        BIGINT NOT NULL,
    by_name      TEXT NOT NULL,
    decided_at   BIGINT NOT NULL,
    decided_name TEXT NOT NULL,
    reason       TEXT NOT NULL,
    version      BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX collect_newcomer_open ON collect_newcomer (state, area, newcomer_id);
CREATE INDEX collect_newcomer_number ON collect_newcomer (number_hash);
CREATE INDEX collect_newcomer_name ON collect_newcomer (name_key, area);

-- How far the asking is, by village: counted every night, after imports, and after answers from there.
CREATE TABLE collect_area (
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL PRIMARY KEY,
    households BIGINT NOT NULL,
    done       BIGINT NOT NULL,
    wanted     BIGINT NOT NULL,
    asked      BIGINT NOT NULL,
    never      BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
