-- +goose Up
CREATE TABLE casework_case (
    household_id BIGINT NOT NULL,
    case_id      BIGINT NOT NULL,
    kind         TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- zero
    state        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- open, closed
    area         TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- the household's, 12 digits
    person_id    BIGINT NOT NULL,                        -- whom the page is named after: the head, or the eldest member
    recognised   DATE NOT NULL,
    deadline     DATE NOT NULL,
    closed       DATE,
    outcome      TEXT NOT NULL,                          -- placed, left; '' while open
    proof        TEXT NOT NULL,                          -- what the closing rests on, in words
    next_step    TEXT NOT NULL,
    next_on      DATE,
    version      BIGINT NOT NULL,
    PRIMARY KEY (household_id, case_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX casework_case_desk ON casework_case (state, area, deadline, case_id);
CREATE INDEX casework_case_id ON casework_case (case_id);
CREATE INDEX casework_case_closed ON casework_case (closed, case_id);
-- One open case of a kind for a household at a time, whoever opens it first.
CREATE UNIQUE INDEX casework_case_open ON casework_case (household_id, kind) WHERE state = 'open';

CREATE TABLE casework_step (
    household_id BIGINT NOT NULL,
    case_id      BIGINT NOT NULL,
    step_id      BIGINT NOT NULL,
    at           BIGINT NOT NULL,                        -- unix ms
    kind         TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- opened, visit, call, referral, note, closed
    by_id        BIGINT NOT NULL,                        -- account, 0: the program itself
    by_name      TEXT NOT NULL,
    note         TEXT NOT NULL,
    PRIMARY KEY (household_id, case_id, step_id)
) /*sqlite:WITHOUT ROWID*/;
