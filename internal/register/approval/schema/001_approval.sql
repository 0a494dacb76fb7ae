-- +goose Up
CREATE TABLE approval_request (
    person_id  BIGINT NOT NULL,                        -- whose data it is about; 0: nobody's
    request_id BIGINT NOT NULL,
    kind       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    state      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- waiting, approved, refused, withdrawn, expired
    object     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    object_id  BIGINT NOT NULL,
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- whoever reaches it may decide
    title      TEXT NOT NULL,
    href       TEXT NOT NULL,
    by_id      BIGINT NOT NULL,
    by_name    TEXT NOT NULL,
    asked_at   BIGINT NOT NULL,                        -- unix ms
    until      DATE NOT NULL,                          -- last day on which it may be decided
    ended_at   BIGINT NOT NULL,                        -- unix ms, 0 while waiting
    yes        INTEGER NOT NULL,
    version    BIGINT NOT NULL,
    content    BYTEA NOT NULL,                         -- sealed JSON: reason, lines before and after, payload
    PRIMARY KEY (person_id, request_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX approval_request_id ON approval_request (request_id);
CREATE INDEX approval_request_area ON approval_request (state, area, request_id);
CREATE INDEX approval_request_by ON approval_request (by_id, request_id);
CREATE INDEX approval_request_until ON approval_request (state, until, request_id);
CREATE INDEX approval_request_object ON approval_request (object, object_id, state);

CREATE TABLE approval_step (
    person_id  BIGINT NOT NULL,
    request_id BIGINT NOT NULL,
    step_id    BIGINT NOT NULL,
    at         BIGINT NOT NULL,                        -- unix ms
    what       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- ask, yes, no, withdraw, expire
    by_id      BIGINT NOT NULL,                        -- account, 0: the program itself
    by_name    TEXT NOT NULL,
    reason     BYTEA NOT NULL,                         -- sealed
    PRIMARY KEY (person_id, request_id, step_id)
) /*sqlite:WITHOUT ROWID*/;
