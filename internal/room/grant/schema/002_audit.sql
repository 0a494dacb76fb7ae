-- +goose Up
-- Who may not apply for a time.
CREATE TABLE grant_bar (
    owner_id BIGINT NOT NULL PRIMARY KEY,
    until    DATE NOT NULL,
    audit_id BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;

-- One grant looked at again.
CREATE TABLE grant_audit (
    owner_id    BIGINT NOT NULL,
    audit_id    BIGINT NOT NULL,
    grant_id    BIGINT NOT NULL,
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    policy_name TEXT NOT NULL,
    why         TEXT /*postgres:COLLATE "C"*/ NOT NULL,  -- random, risk, rule
    score       BIGINT NOT NULL,
    seed        BIGINT NOT NULL,
    state       TEXT /*postgres:COLLATE "C"*/ NOT NULL,  -- asked, answered, viewed, closed
    task_id     BIGINT NOT NULL,                         -- assignment
    drawn_by    BIGINT NOT NULL,
    first_by    BIGINT NOT NULL,
    first_view  TEXT /*postgres:COLLATE "C"*/ NOT NULL,  -- '', clean, wrong
    second_by   BIGINT NOT NULL,
    second_view TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    sanction    TEXT /*postgres:COLLATE "C"*/ NOT NULL,  -- '', none, warn, recover, bar
    opened_on   DATE NOT NULL,
    closed_on   DATE,
    row_version BIGINT NOT NULL,
    content     BYTEA NOT NULL,                          -- sealed: reasons, answer, views
    PRIMARY KEY (owner_id, audit_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX grant_audit_area ON grant_audit (state, area, audit_id);
CREATE UNIQUE INDEX grant_audit_once ON grant_audit (owner_id, grant_id) WHERE state <> 'closed';
CREATE INDEX grant_audit_task ON grant_audit (task_id);

-- What rules found that cannot be.
CREATE TABLE grant_finding (
    owner_id BIGINT NOT NULL,
    grant_id BIGINT NOT NULL,
    rule_id  TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    area     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    found_on DATE NOT NULL,
    PRIMARY KEY (owner_id, grant_id, rule_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX grant_finding_area ON grant_finding (area, rule_id, owner_id);

-- What became of beneficiaries, against like people who got nothing. Rates are ten-thousandths.
CREATE TABLE grant_effect (
    policy_id   TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    months      BIGINT NOT NULL,                         -- 3, 6, 12 after the payment
    policy_name TEXT NOT NULL,
    followed    BIGINT NOT NULL,
    matched     BIGINT NOT NULL,
    controls    BIGINT NOT NULL,
    rate        BIGINT NOT NULL,
    expected    BIGINT NOT NULL,
    gain        BIGINT NOT NULL,
    low         BIGINT NOT NULL,
    high        BIGINT NOT NULL,
    on_day      DATE NOT NULL,
    PRIMARY KEY (policy_id, area, months)
) /*sqlite:WITHOUT ROWID*/;
