-- +goose Up
-- Why an application ended, as a code (application.go: Reasons).
ALTER TABLE jobs_application ADD COLUMN reason TEXT /*postgres:COLLATE "C"*/ NOT NULL DEFAULT '';
ALTER TABLE jobs_application_step ADD COLUMN reason TEXT /*postgres:COLLATE "C"*/ NOT NULL DEFAULT '';
CREATE INDEX jobs_application_waiting ON jobs_application (state, updated_at, person_id, vacancy_id);

-- What a person wants, in their own words; it comes before what departments have registered.
CREATE TABLE jobs_wish (
    person_id  BIGINT NOT NULL PRIMARY KEY,
    occupation TEXT NOT NULL,
    pay        BIGINT NOT NULL,                      -- fen a month; 0: not said
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- where to work; '': anywhere in the league
    km         INTEGER NOT NULL,                     -- from home; 0: not said
    hours      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    updated_at BIGINT NOT NULL,
    version    BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;

-- Searches that people keep, and whether they are told of what is new.
CREATE TABLE jobs_saved (
    person_id  BIGINT NOT NULL,
    saved_id   BIGINT NOT NULL,
    name       TEXT NOT NULL,
    query      TEXT NOT NULL,       -- as in the page's address
    alert      BOOLEAN NOT NULL,    -- a message a day about what is new
    seen       DATE NOT NULL,       -- what was posted before this day has been told
    created_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, saved_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX jobs_saved_alert ON jobs_saved (alert, person_id, saved_id);

-- Times that an employer offers for interviews.
CREATE TABLE jobs_slot (
    employer_id BIGINT NOT NULL,
    vacancy_id  BIGINT NOT NULL,
    slot_id     BIGINT NOT NULL,
    starts_at   BIGINT NOT NULL,  -- unix ms
    minutes     INTEGER NOT NULL,
    place       TEXT NOT NULL,
    seats       INTEGER NOT NULL,
    taken       INTEGER NOT NULL,
    PRIMARY KEY (employer_id, vacancy_id, slot_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX jobs_slot_vacancy ON jobs_slot (vacancy_id, starts_at, slot_id);

-- Who comes when.
CREATE TABLE jobs_interview (
    person_id   BIGINT NOT NULL,
    vacancy_id  BIGINT NOT NULL,
    employer_id BIGINT NOT NULL,
    slot_id     BIGINT NOT NULL,
    starts_at   BIGINT NOT NULL,
    minutes     INTEGER NOT NULL,
    place       TEXT NOT NULL,
    booked_at   BIGINT NOT NULL,
    PRIMARY KEY (person_id, vacancy_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX jobs_interview_vacancy ON jobs_interview (vacancy_id, starts_at, person_id);
