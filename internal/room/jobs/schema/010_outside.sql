-- +goose Up
-- Deliveries of adverts from outside: what came of each.
CREATE TABLE jobs_delivery (
    delivery_id BIGINT NOT NULL PRIMARY KEY,
    source      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    mapping     TEXT NOT NULL,
    file        TEXT NOT NULL,
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    by_id       BIGINT NOT NULL, -- account; 0: the command line
    by_name     TEXT NOT NULL,
    at          BIGINT NOT NULL,
    report      TEXT NOT NULL    -- JSON of Delivery: counts, columns, doubts
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX jobs_delivery_at ON jobs_delivery (at);

-- Rows of a delivery that were not taken, as they came.
CREATE TABLE jobs_delivery_flaw (
    delivery_id BIGINT NOT NULL,
    row_number  INTEGER NOT NULL,
    field       TEXT NOT NULL, -- the column
    value       TEXT NOT NULL,
    why         TEXT NOT NULL,
    mend        TEXT NOT NULL,
    cells       TEXT NOT NULL, -- JSON
    PRIMARY KEY (delivery_id, row_number)
) /*sqlite:WITHOUT ROWID*/;

-- Vacancies that are not shown though nobody closed them, and why; taking the row away shows them again.
CREATE TABLE jobs_hidden (
    employer_id BIGINT NOT NULL,
    vacancy_id  BIGINT NOT NULL,
    why         TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- silent, unlawful, gone, duplicate
    text        TEXT NOT NULL,                          -- the reason for people
    since       DATE NOT NULL,
    by_name     TEXT NOT NULL,
    PRIMARY KEY (employer_id, vacancy_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX jobs_hidden_why ON jobs_hidden (why, since, vacancy_id);
CREATE INDEX jobs_hidden_vacancy ON jobs_hidden (vacancy_id);
