-- +goose Up
-- Whom a policy that found them was told to, or was handed to officers to tell.
CREATE TABLE policy_push (
    person_id   BIGINT NOT NULL,
    policy_id   TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- where the person lived then
    outcome     TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- of the last try: told, noconsent, muted, again; '' before one
    tried_at    BIGINT NOT NULL,                        -- unix ms, 0 before
    told_at     BIGINT NOT NULL,                        -- unix ms, 0: not told
    task_id     BIGINT NOT NULL DEFAULT 0,                        -- task by which officers tell, 0: none
    assigned_at BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (person_id, policy_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX policy_push_area ON policy_push (policy_id, area);
CREATE TABLE policy_employer_push (
    employer_id BIGINT NOT NULL,
    policy_id   TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    outcome     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    tried_at    BIGINT NOT NULL,
    told_at     BIGINT NOT NULL,
    task_id     BIGINT NOT NULL DEFAULT 0,
    assigned_at BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (employer_id, policy_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX policy_employer_push_area ON policy_employer_push (policy_id, area);
-- Who was found by the latest run.
CREATE INDEX policy_grant_run ON policy_grant (run_id, policy_id, verdict, area);
CREATE INDEX policy_employer_grant_run ON policy_employer_grant (run_id, policy_id, verdict, area);
