-- +goose Up
-- One drawing of all lists over the register.
CREATE TABLE roster_run (
    run_id BIGINT NOT NULL PRIMARY KEY,
    at     BIGINT NOT NULL, -- begun, unix ms
    ended  BIGINT NOT NULL, -- unix ms; 0: not finished
    people BIGINT NOT NULL,
    units  BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX roster_run_ended ON roster_run (ended);

-- Lists that have been drawn before: who enters later is news.
CREATE TABLE roster_drawn (
    list TEXT /*postgres:COLLATE "C"*/ NOT NULL PRIMARY KEY,
    at   BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;

-- Somebody's time on a list, or as a finding of a comparison.
CREATE TABLE roster_entry (
    person_id    BIGINT NOT NULL,
    list         TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    since        DATE NOT NULL,
    until        DATE,                                   -- NULL: still
    initial      BOOLEAN NOT NULL,                       -- was there when the list was first drawn
    hand         BOOLEAN NOT NULL,                       -- taken in by hand, not by the rule
    basis        DATE,                                   -- since when the condition has held, where a register says so
    area         TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- where the person lives, 12 digits
    household_id BIGINT NOT NULL,
    lacks        BIGINT NOT NULL,                        -- bit i: twin i of the list
    state        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- of a finding: open, sent, confirmed, cleared, fixed; '' on lists
    answered     DATE,
    answer_days  INTEGER NOT NULL,                       -- days from being found to the answer
    why_in       TEXT NOT NULL,
    why_out      TEXT NOT NULL,
    version      BIGINT NOT NULL,
    PRIMARY KEY (person_id, list, since)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX roster_entry_open ON roster_entry (list, area, person_id) WHERE until IS NULL;
CREATE INDEX roster_entry_since ON roster_entry (since, list);
CREATE INDEX roster_entry_until ON roster_entry (until, list);

-- The same for employers.
CREATE TABLE roster_unit (
    employer_id  BIGINT NOT NULL,
    list         TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    since        DATE NOT NULL,
    until        DATE,
    initial      BOOLEAN NOT NULL,
    hand         BOOLEAN NOT NULL,
    basis        DATE,
    area         TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    household_id BIGINT NOT NULL,
    lacks        BIGINT NOT NULL,
    state        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    answered     DATE,
    answer_days  INTEGER NOT NULL,
    why_in       TEXT NOT NULL,
    why_out      TEXT NOT NULL,
    version      BIGINT NOT NULL,
    PRIMARY KEY (employer_id, list, since)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX roster_unit_open ON roster_unit (list, area, employer_id) WHERE until IS NULL;
CREATE INDEX roster_unit_since ON roster_unit (since, list);
CREATE INDEX roster_unit_until ON roster_unit (until, list);

-- What was done for somebody, recorded of them, or answered about a finding.
CREATE TABLE roster_note (
    person_id BIGINT NOT NULL,
    note_id   BIGINT NOT NULL,
    list      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- where it was written; it counts on every list
    item      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- service or attribute
    day       DATE NOT NULL,
    text      TEXT NOT NULL,
    at        BIGINT NOT NULL,
    by_id     BIGINT NOT NULL,
    by_name   TEXT NOT NULL,
    PRIMARY KEY (person_id, note_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE TABLE roster_unit_note (
    employer_id BIGINT NOT NULL,
    note_id     BIGINT NOT NULL,
    list        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    item        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    day         DATE NOT NULL,
    text        TEXT NOT NULL,
    at          BIGINT NOT NULL,
    by_id       BIGINT NOT NULL,
    by_name     TEXT NOT NULL,
    PRIMARY KEY (employer_id, note_id)
) /*sqlite:WITHOUT ROWID*/;

-- Taken in or left out by hand, approved by a second person.
CREATE TABLE roster_manual (
    person_id   BIGINT NOT NULL,
    list        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    take_in     BOOLEAN NOT NULL, -- false: leave out
    reason      TEXT NOT NULL,
    by_name     TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (person_id, list)
) /*sqlite:WITHOUT ROWID*/;

-- How many of a township: members, entered and left this month, by twin and state. Drawn anew by every run, kept up to date
-- by acts.
CREATE TABLE roster_count (
    list     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    township TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- nine digits
    what     TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- n, in, out, home, twin:…, state:…
    n        BIGINT NOT NULL,
    PRIMARY KEY (list, township, what)
) /*sqlite:WITHOUT ROWID*/;
