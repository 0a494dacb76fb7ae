-- +goose Up
CREATE TABLE assignment_task (
    person_id   BIGINT NOT NULL,                        -- whose data it is about; 0: nobody's
    task_id     BIGINT NOT NULL,
    kind        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    state       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- open, answered, returned, accepted, withdrawn
    object      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    object_id   BIGINT NOT NULL,
    from_area   TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    to_area     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    title       TEXT NOT NULL,
    href        TEXT NOT NULL,
    given_on    DATE NOT NULL,
    work_days   INTEGER NOT NULL,
    deadline    DATE NOT NULL,
    answered_on DATE,                                   -- day of the latest answer
    late        BOOLEAN NOT NULL,                       -- the first answer came after the deadline
    result      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- of the latest answer, '' before
    returns     INTEGER NOT NULL,
    reminded_on DATE,
    by_id       BIGINT NOT NULL,                        -- account, 0: the program itself
    by_name     TEXT NOT NULL,
    version     BIGINT NOT NULL,
    content     BYTEA NOT NULL,                         -- sealed: what is to be done
    PRIMARY KEY (person_id, task_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX assignment_task_id ON assignment_task (task_id);
-- What waits is asked at every page: it is found among what waits, however much has ended.
CREATE INDEX assignment_task_waits_to ON assignment_task (state, to_area);
CREATE INDEX assignment_task_waits_from ON assignment_task (state, from_area);
CREATE INDEX assignment_task_to ON assignment_task (to_area, deadline, task_id);
CREATE INDEX assignment_task_from ON assignment_task (from_area, deadline, task_id);
CREATE INDEX assignment_task_due ON assignment_task (state, deadline, task_id);
CREATE INDEX assignment_task_object ON assignment_task (object, object_id, state);

CREATE TABLE assignment_step (
    person_id BIGINT NOT NULL,
    task_id   BIGINT NOT NULL,
    step_id   BIGINT NOT NULL,
    at        BIGINT NOT NULL,                          -- unix ms
    what      TEXT /*postgres:COLLATE "C"*/ NOT NULL,   -- give, answer, accept, return, remind, withdraw
    by_id     BIGINT NOT NULL,
    by_name   TEXT NOT NULL,
    result    TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    content   BYTEA NOT NULL,                           -- sealed: what was said
    PRIMARY KEY (person_id, task_id, step_id)
) /*sqlite:WITHOUT ROWID*/;
