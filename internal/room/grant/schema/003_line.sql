-- +goose Up
-- What is paid of a grant, one row for each month or occasion, planned when it is granted.
CREATE TABLE grant_line (
    owner_id   BIGINT NOT NULL,
    grant_id   BIGINT NOT NULL,
    n          BIGINT NOT NULL,                        -- 1 …
    fact       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- as in grant_claim
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    year       BIGINT NOT NULL,                        -- whose money pays it
    due_on     DATE NOT NULL,
    amount     BIGINT NOT NULL,                        -- fen
    state      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- planned, due, held, batched, sent, bounced, paid, stopped
    fund_id    BIGINT NOT NULL,                        -- 0: of a later year, nothing is committed yet
    batch_id   BIGINT NOT NULL,
    checked_on DATE,                                   -- looked at again before it is paid
    paid_on    DATE,
    why        BYTEA NOT NULL,                         -- sealed: why it is held
    PRIMARY KEY (owner_id, grant_id, n)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX grant_line_due ON grant_line (state, due_on, area);
CREATE INDEX grant_line_fund ON grant_line (state, fund_id, area);
CREATE INDEX grant_line_batch ON grant_line (batch_id, owner_id);

-- What an applicant has stated because no department reports it.
CREATE TABLE grant_statement (
    owner_id   BIGINT NOT NULL,
    grant_id   BIGINT NOT NULL,
    field      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- Chinese name in the policies' dictionary
    said       BYTEA NOT NULL,                         -- sealed
    said_on    DATE NOT NULL,
    by_id      BIGINT NOT NULL,
    by_name    TEXT NOT NULL,
    verdict    TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- '', true, false
    why        BYTEA NOT NULL,                         -- sealed: how it was verified, or why it is not so
    judge_id   BIGINT NOT NULL,
    judge_name TEXT NOT NULL,
    judged_on  DATE,
    PRIMARY KEY (owner_id, grant_id, field)
) /*sqlite:WITHOUT ROWID*/;

ALTER TABLE grant_application ADD COLUMN paid BIGINT NOT NULL DEFAULT 0;
UPDATE grant_application SET paid = granted WHERE paid_on IS NOT NULL;
INSERT INTO grant_line (owner_id, grant_id, n, fact, area, year, due_on, amount, state, fund_id, batch_id, checked_on, paid_on, why)
SELECT owner_id, grant_id, 1, CASE WHEN from_month = 0 THEN 'once' ELSE CAST(from_month AS TEXT) END, area, CAST(substr(CAST(decided_on AS TEXT), 1, 4) AS BIGINT), decided_on, granted,
    CASE state WHEN 'public' THEN 'planned' WHEN 'payable' THEN 'due' ELSE state END, fund_id, CASE state WHEN 'bounced' THEN 0 ELSE batch_id END, decided_on, paid_on, content
FROM grant_application WHERE granted > 0 AND state IN ('public', 'payable', 'batched', 'sent', 'bounced', 'paid') ORDER BY owner_id, grant_id;
