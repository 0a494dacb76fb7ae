-- +goose Up
-- What a source said of a person in one row, kept for good. The register (person, person_*) is drawn from the live ones.
CREATE TABLE intake_record (
    person_id  BIGINT NOT NULL,
    row_hash   BIGINT NOT NULL,   -- keyed hash of kind and cells: the same row again is not stored again
    ended_at   BIGINT NOT NULL,   -- unix ms, like the next two instants; 0: live
    record_id  BIGINT NOT NULL,   -- of the delivered row; stays when the record moves to another person
    source     TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- templates/_sources.yaml
    kind       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- template; correction, origin
    slot       BIGINT NOT NULL,   -- hash of kind and the fact's key: what a later row of the source replaces
    batch_id   BIGINT NOT NULL,   -- 0: of no batch
    file_id    BIGINT NOT NULL,
    row_number BIGINT NOT NULL,
    valid_from DATE NOT NULL,     -- since when it holds, as far as the row tells; else the day it was heard
    heard_at   BIGINT NOT NULL,   -- when the row came
    known_at   BIGINT NOT NULL,   -- since when it stands in this person's file: later than heard_at after a move
    ended_why  TEXT NOT NULL,
    cells      BYTEA NOT NULL,    -- sealed JSON: field → text
    PRIMARY KEY (person_id, row_hash, ended_at)
);
CREATE INDEX intake_record_batch ON intake_record (batch_id, person_id);

-- The same of employers and their vacancies.
CREATE TABLE intake_unit_record (
    employer_id BIGINT NOT NULL,
    row_hash    BIGINT NOT NULL,
    ended_at    BIGINT NOT NULL,
    record_id   BIGINT NOT NULL,
    source      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    kind        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    slot        BIGINT NOT NULL,
    batch_id    BIGINT NOT NULL,
    file_id     BIGINT NOT NULL,
    row_number  BIGINT NOT NULL,
    valid_from  DATE NOT NULL,
    heard_at    BIGINT NOT NULL,
    known_at    BIGINT NOT NULL,
    ended_why   TEXT NOT NULL,
    cells       BYTEA NOT NULL,
    PRIMARY KEY (employer_id, row_hash, ended_at)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX intake_unit_record_batch ON intake_unit_record (batch_id, employer_id);

-- How far a withdrawal has come, and why it was asked for.
CREATE TABLE intake_withdrawal (
    batch_id     BIGINT NOT NULL PRIMARY KEY,
    reason       TEXT NOT NULL,
    by_id        BIGINT NOT NULL,
    by_name      TEXT NOT NULL,
    asked_at     BIGINT NOT NULL,
    ended_at     BIGINT NOT NULL,  -- 0: still going on
    person_after BIGINT NOT NULL,  -- people up to this one are done
    unit_after   BIGINT NOT NULL,  -- employers up to this one are done
    records      BIGINT NOT NULL,  -- counts of what was done
    people       BIGINT NOT NULL,
    removed      BIGINT NOT NULL,
    held         BIGINT NOT NULL,
    units        BIGINT NOT NULL,
    reviews      BIGINT NOT NULL,
    why_held     TEXT NOT NULL     -- JSON: reason → people
) /*sqlite:WITHOUT ROWID*/;

CREATE INDEX intake_review_batch ON intake_review (batch_id, state);
