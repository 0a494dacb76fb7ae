-- +goose Up
-- Adverts about which an officer is asked before they are published, and what was decided. One row per vacancy.
CREATE TABLE jobs_asked (
    employer_id BIGINT NOT NULL,
    vacancy_id  BIGINT NOT NULL,
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- banner of the work
    title       TEXT NOT NULL,
    text        TEXT NOT NULL,                          -- JSON of the objections
    state       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- waiting, passed, refused, mended
    passed      TEXT NOT NULL,                          -- phrases let pass, one a line
    asked_at    BIGINT NOT NULL,
    by_name     TEXT NOT NULL,                          -- who decided
    decided_at  BIGINT NOT NULL,
    reason      TEXT NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (employer_id, vacancy_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX jobs_asked_state ON jobs_asked (state, area, vacancy_id);
CREATE INDEX jobs_asked_vacancy ON jobs_asked (vacancy_id);
