-- +goose Up
-- One computation of everybody's recommendations.
CREATE TABLE jobs_run (
    run_id    BIGINT NOT NULL PRIMARY KEY,
    day       DATE NOT NULL,
    began_at  BIGINT NOT NULL,
    ended_at  BIGINT NOT NULL,
    people    INTEGER NOT NULL, -- registered unemployed
    matched   INTEGER NOT NULL, -- of these, with at least one recommendation
    pairs     INTEGER NOT NULL,
    vacancies INTEGER NOT NULL, -- open ones
    openings  INTEGER NOT NULL
) /*sqlite:WITHOUT ROWID*/;

-- What is recommended to whom, by the last run.
CREATE TABLE jobs_match (
    person_id  BIGINT NOT NULL,
    vacancy_id BIGINT NOT NULL,
    place      SMALLINT NOT NULL, -- 1: first recommendation, of which each opening gets 15 at most
    score      SMALLINT NOT NULL, -- 0 to 1000
    reasons    TEXT NOT NULL,     -- JSON of rank.Ground
    run        BIGINT NOT NULL,
    PRIMARY KEY (person_id, vacancy_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX jobs_match_vacancy ON jobs_match (vacancy_id, score);

-- Applications, and what officers referred people to.
CREATE TABLE jobs_application (
    person_id   BIGINT NOT NULL,
    vacancy_id  BIGINT NOT NULL,
    employer_id BIGINT NOT NULL,
    state       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- referred, sent, viewed, interview, hired, declined, withdrawn
    note        TEXT NOT NULL,                          -- the last one
    referred_by BIGINT NOT NULL,                        -- account of the officer; 0: the person's own idea
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (person_id, vacancy_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX jobs_application_vacancy ON jobs_application (vacancy_id, state, person_id);
CREATE INDEX jobs_application_employer ON jobs_application (employer_id, state, vacancy_id);

-- Each state an application has been in.
CREATE TABLE jobs_application_step (
    person_id  BIGINT NOT NULL,
    vacancy_id BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    state      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    note       TEXT NOT NULL,
    by_id      BIGINT NOT NULL, -- account
    by_name    TEXT NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (person_id, vacancy_id, version)
) /*sqlite:WITHOUT ROWID*/;
