-- +goose Up
-- One round of the cycle, opened by an area for the areas one level down.
CREATE TABLE cycle_round (
    round_id   BIGINT NOT NULL PRIMARY KEY,
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    kind       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- month, quarter, half, year
    period     BIGINT NOT NULL,                        -- its last month, 202508
    due        DATE NOT NULL,
    second     BIGINT NOT NULL,                        -- 1: forms need a second signature
    asked      TEXT NOT NULL,                          -- what else is asked for, in words
    state      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- open, closed
    by_name    TEXT NOT NULL,
    at         BIGINT NOT NULL,
    version    BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX cycle_round_of ON cycle_round (area, kind, period);
CREATE INDEX cycle_round_open ON cycle_round (state, round_id);

-- What one area hands in for a round.
CREATE TABLE cycle_form (
    round_id     BIGINT NOT NULL,
    area         TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    state        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    due          DATE NOT NULL,  -- later than the round's for one that was returned
    said         BYTEA NOT NULL, -- sealed: figures and texts
    by_id        BIGINT NOT NULL,
    by_name      TEXT NOT NULL,
    second_name  TEXT NOT NULL,
    handed_in    DATE,           -- when it was first handed in
    reason       BYTEA NOT NULL, -- sealed: why it was returned
    version      BIGINT NOT NULL,
    PRIMARY KEY (round_id, area)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX cycle_form_area ON cycle_form (area, state, round_id);

-- What was done about a form, with what was handed in each time.
CREATE TABLE cycle_step (
    round_id BIGINT NOT NULL,
    area     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    step_id  BIGINT NOT NULL,
    what     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    said     BYTEA NOT NULL, -- sealed
    by_name  TEXT NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (round_id, area, step_id)
) /*sqlite:WITHOUT ROWID*/;

-- Briefings and evaluation reports.
CREATE TABLE cycle_paper (
    paper_id  BIGINT NOT NULL PRIMARY KEY,
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    kind      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- brief, year, mid, final
    period    BIGINT NOT NULL,
    year      BIGINT NOT NULL,                        -- of issue
    issue     BIGINT NOT NULL,                        -- 0: not issued
    title     TEXT NOT NULL,
    copy_to   TEXT NOT NULL,
    state     TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- draft, checking, issued
    content   BYTEA NOT NULL,                         -- sealed
    corrects  BIGINT NOT NULL,                        -- the paper that this one corrects
    by_id     BIGINT NOT NULL,
    by_name   TEXT NOT NULL,
    checker   TEXT NOT NULL,
    reason    TEXT NOT NULL,                          -- why it was sent back
    as_of     DATE NOT NULL,                          -- the data's last day
    day       DATE,                                   -- of issue
    digest    TEXT NOT NULL,                          -- SM3 of what was issued
    version   BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX cycle_paper_area ON cycle_paper (area, paper_id);
CREATE UNIQUE INDEX cycle_paper_issue ON cycle_paper (area, kind, year, issue) WHERE issue > 0;

-- Good practice and people.
CREATE TABLE cycle_case (
    case_id  BIGINT NOT NULL PRIMARY KEY,
    area     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    kind     TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- practice, person
    field    TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    title    TEXT NOT NULL,
    said     BYTEA NOT NULL,                         -- sealed: text, source, contact, name
    state    TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- submitted, returned, approved, public, withdrawn
    agreed   BIGINT NOT NULL,                        -- 1: the person agreed to be named in public
    by_id    BIGINT NOT NULL,
    by_name  TEXT NOT NULL,
    judge    TEXT NOT NULL,
    reason   TEXT NOT NULL,
    day      DATE NOT NULL,
    version  BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX cycle_case_area ON cycle_case (area, state, case_id);
