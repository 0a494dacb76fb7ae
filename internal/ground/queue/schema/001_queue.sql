-- +goose Up
CREATE TABLE queue_job (
    job_id     BIGINT NOT NULL PRIMARY KEY,
    kind       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    key        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- unique among the unfinished jobs of a kind, '' without
    state      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- ready, running, done, dead
    payload    TEXT NOT NULL,                          -- JSON
    run_at     BIGINT NOT NULL,                        -- not before, unix ms
    deadline   BIGINT NOT NULL,                        -- unix ms, 0 without
    tries      INTEGER NOT NULL,                       -- begun so far
    max_tries  INTEGER NOT NULL,
    claim      BIGINT NOT NULL,                        -- number of the present claim, 0 when nobody holds it
    lease_end  BIGINT NOT NULL,                        -- unix ms
    created_at BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at   BIGINT NOT NULL,
    step       TEXT NOT NULL,                          -- what is being done now, for the person waiting
    step_at    BIGINT NOT NULL,
    done       BIGINT NOT NULL,
    total      BIGINT NOT NULL,
    text       TEXT NOT NULL,                          -- the result in a sentence
    result     TEXT NOT NULL,                          -- the result as JSON
    error      TEXT NOT NULL                           -- the last failure in a sentence
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX queue_job_due ON queue_job (state, run_at, job_id);
CREATE UNIQUE INDEX queue_job_key ON queue_job (kind, key) WHERE key <> '' AND state IN ('ready', 'running');
