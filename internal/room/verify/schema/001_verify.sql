-- +goose Up
-- Questions about figures: one for each area, indicator and year, or area, check of records and month.
CREATE TABLE verify_finding (
    finding_id BIGINT NOT NULL PRIMARY KEY,
    key        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    kind       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- of its first signal
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    indicator  TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    period     INTEGER NOT NULL,
    state      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    verdict    TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    found_on   DATE NOT NULL,
    due        DATE,
    mark       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    still      BIGINT NOT NULL,                        -- 1: seen by the last run
    evidence   TEXT NOT NULL,                          -- JSON
    version    BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX verify_finding_key ON verify_finding (key);
CREATE INDEX verify_finding_area ON verify_finding (area, state, finding_id);
CREATE INDEX verify_finding_state ON verify_finding (state, finding_id);

-- The checks that were over their limits; numbers in thousandths, NULL: nothing to say.
CREATE TABLE verify_signal (
    finding_id  BIGINT NOT NULL,
    ord         INTEGER NOT NULL,
    kind        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    value       BIGINT NOT NULL,
    limit_value BIGINT NOT NULL,
    seen        BIGINT,
    expected    BIGINT,
    other       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    from_year   INTEGER NOT NULL,
    PRIMARY KEY (finding_id, ord)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE verify_step (
    finding_id BIGINT NOT NULL,
    step_id    BIGINT NOT NULL,
    what       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    said       BYTEA NOT NULL,                         -- sealed
    by_name    TEXT NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (finding_id, step_id)
) /*sqlite:WITHOUT ROWID*/;

-- People whom a check of records saw in the last run.
CREATE TABLE verify_hit (
    person_id BIGINT NOT NULL,
    kind      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL,  -- banner where the person lives
    other     BIGINT NOT NULL,                         -- employer; phone: the group's number
    PRIMARY KEY (person_id, kind)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX verify_hit_area ON verify_hit (kind, area, other, person_id);

CREATE TABLE verify_run (
    run_id  BIGINT NOT NULL PRIMARY KEY,
    at      BIGINT NOT NULL,
    as_of   DATE NOT NULL,
    series  BIGINT NOT NULL,
    scores  BIGINT NOT NULL,
    people  BIGINT NOT NULL,
    fresh   BIGINT NOT NULL,
    gone    BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;

-- Rounding that a source has declared.
CREATE TABLE verify_rounding (
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    indicator TEXT /*postgres:COLLATE "C"*/ NOT NULL,  -- '': all
    unit      BIGINT NOT NULL,                         -- 10, 100 …; 0: taken back
    why       TEXT NOT NULL,
    by_name   TEXT NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (area, indicator)
) /*sqlite:WITHOUT ROWID*/;

-- Limits that people changed, every version.
CREATE TABLE verify_limit (
    kind    TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    version BIGINT NOT NULL,
    value   BIGINT NOT NULL,                           -- thousandths
    why     TEXT NOT NULL,
    by_name TEXT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (kind, version)
) /*sqlite:WITHOUT ROWID*/;

-- Macro series by area and month.
CREATE TABLE verify_macro (
    area    TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    series  TEXT /*postgres:COLLATE "C"*/ NOT NULL,    -- its name
    month   INTEGER NOT NULL,                          -- 202508
    value   BIGINT NOT NULL,                           -- thousandths of the unit
    unit    TEXT NOT NULL,
    source  TEXT NOT NULL,
    by_name TEXT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (area, series, month)
) /*sqlite:WITHOUT ROWID*/;

-- +goose Down
DROP TABLE verify_macro;
DROP TABLE verify_limit;
DROP TABLE verify_rounding;
DROP TABLE verify_run;
DROP TABLE verify_hit;
DROP TABLE verify_step;
DROP TABLE verify_signal;
DROP TABLE verify_finding;
