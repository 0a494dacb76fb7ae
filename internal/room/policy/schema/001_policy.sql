-- +goose Up
CREATE TABLE policy_run (
    run_id    BIGINT NOT NULL PRIMARY KEY,
    day       DATE NOT NULL,     -- the day the rules were decided for
    at        BIGINT NOT NULL,   -- begun, unix ms
    ended     BIGINT NOT NULL,   -- unix ms; 0: not finished
    people    BIGINT NOT NULL,
    employers BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX policy_run_ended ON policy_run (ended);

-- How many people or employers of a banner got which answer.
CREATE TABLE policy_count (
    run_id    BIGINT NOT NULL,
    policy_id TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    banner    TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- six digits
    verdict   TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- yes, near, unknown, no
    n         BIGINT NOT NULL,
    PRIMARY KEY (run_id, policy_id, banner, verdict)
) /*sqlite:WITHOUT ROWID*/;

-- Who can have a policy, or almost can. Everybody else is not kept.
CREATE TABLE policy_grant (
    person_id BIGINT NOT NULL,
    policy_id TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    verdict   TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- yes, near
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- where the person lives
    from_day  DATE,                                   -- of a near that time alone turns into a yes
    run_id    BIGINT NOT NULL,                        -- the run that first said so
    PRIMARY KEY (person_id, policy_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX policy_grant_area ON policy_grant (policy_id, verdict, area, person_id);

-- Entering and leaving, from the second run on.
CREATE TABLE policy_change (
    person_id BIGINT NOT NULL,
    policy_id TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    run_id    BIGINT NOT NULL,
    was       TEXT NOT NULL, -- yes, near; empty: neither
    now       TEXT NOT NULL,
    PRIMARY KEY (person_id, policy_id, run_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX policy_change_run ON policy_change (run_id, policy_id);

-- The same two for employers.
CREATE TABLE policy_employer_grant (
    employer_id BIGINT NOT NULL,
    policy_id   TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    verdict     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    from_day    DATE,
    run_id      BIGINT NOT NULL,
    PRIMARY KEY (employer_id, policy_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX policy_employer_grant_area ON policy_employer_grant (policy_id, verdict, area, employer_id);
CREATE TABLE policy_employer_change (
    employer_id BIGINT NOT NULL,
    policy_id   TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    run_id      BIGINT NOT NULL,
    was         TEXT NOT NULL,
    now         TEXT NOT NULL,
    PRIMARY KEY (employer_id, policy_id, run_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX policy_employer_change_run ON policy_employer_change (run_id, policy_id);
