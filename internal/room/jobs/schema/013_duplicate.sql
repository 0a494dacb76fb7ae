-- +goose Up
-- Vacancies that are the same work as another one, which is shown for them.
CREATE TABLE jobs_duplicate (
    employer_id BIGINT NOT NULL,
    vacancy_id  BIGINT NOT NULL,
    lead_id     BIGINT NOT NULL, -- the one that is shown
    with_id     BIGINT NOT NULL, -- the one of the group that it was found to be the same as
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    reasons     TEXT NOT NULL,   -- sentences, one a line
    run         BIGINT NOT NULL,
    PRIMARY KEY (employer_id, vacancy_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX jobs_duplicate_vacancy ON jobs_duplicate (vacancy_id);
CREATE INDEX jobs_duplicate_lead ON jobs_duplicate (lead_id, vacancy_id);

-- What officers have said about two vacancies; it holds whatever the comparison finds later.
CREATE TABLE jobs_duplicate_said (
    a_id    BIGINT NOT NULL, -- the lower id
    b_id    BIGINT NOT NULL,
    same    SMALLINT NOT NULL, -- 1: the same work, 0: not
    by_id   BIGINT NOT NULL,
    by_name TEXT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (a_id, b_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX jobs_duplicate_said_b ON jobs_duplicate_said (b_id, a_id);

-- When an employer was asked whether a vacancy is still open.
CREATE TABLE jobs_still (
    employer_id BIGINT NOT NULL,
    vacancy_id  BIGINT NOT NULL,
    asked       DATE NOT NULL,  -- first
    again       DATE,           -- second; NULL: not yet
    deadline    DATE,           -- answered by no one until then: not shown any more
    PRIMARY KEY (employer_id, vacancy_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX jobs_still_deadline ON jobs_still (deadline, vacancy_id);
