-- +goose Up
-- One application. owner_id is a person_id, or an employer_id where unit is true.
CREATE TABLE grant_application (
    owner_id     BIGINT NOT NULL,
    grant_id     BIGINT NOT NULL,
    unit         BOOLEAN NOT NULL,
    policy_id    TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    policy_name  TEXT NOT NULL,
    version      TEXT NOT NULL,                          -- of the policy
    from_month   BIGINT NOT NULL,                        -- 202501; 0: once
    to_month     BIGINT NOT NULL,
    amount       BIGINT NOT NULL,                        -- asked for, fen
    granted      BIGINT NOT NULL,                        -- decided, fen
    state        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    area         TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- where the owner lives or is registered
    origin       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- self, window, auto
    fund_id      BIGINT NOT NULL,
    batch_id     BIGINT NOT NULL,
    request_id   BIGINT NOT NULL,                        -- approval; 0: none
    taken_by     BIGINT NOT NULL,                        -- account that accepted
    checked_by   BIGINT NOT NULL,
    decided_by   BIGINT NOT NULL,
    account_hash BYTEA NOT NULL,                         -- keyed hash of the bank account
    submitted_on DATE,
    deadline     DATE,                                   -- of the present step
    decided_on   DATE,
    public_until DATE,
    paid_on      DATE,
    created_at   BIGINT NOT NULL,
    row_version  BIGINT NOT NULL,
    content      BYTEA NOT NULL,                         -- sealed: bank account, checks, notes
    PRIMARY KEY (owner_id, grant_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX grant_application_area ON grant_application (state, area, deadline, grant_id);
CREATE INDEX grant_application_due ON grant_application (deadline, state);
CREATE INDEX grant_application_batch ON grant_application (batch_id, owner_id);
CREATE INDEX grant_application_account ON grant_application (account_hash, owner_id);
CREATE INDEX grant_application_paid ON grant_application (paid_on, area, grant_id);

CREATE TABLE grant_step (
    owner_id BIGINT NOT NULL,
    grant_id BIGINT NOT NULL,
    step_id  BIGINT NOT NULL,
    act      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    was      TEXT NOT NULL,
    now      TEXT NOT NULL,
    at       BIGINT NOT NULL,
    by_id    BIGINT NOT NULL,
    by_name  TEXT NOT NULL,
    note     BYTEA NOT NULL,                             -- sealed
    PRIMARY KEY (owner_id, grant_id, step_id)
) /*sqlite:WITHOUT ROWID*/;

-- The facts that an application is paid for: a month 202501, a year 2025, or once. Nobody is paid twice for one of them.
CREATE TABLE grant_claim (
    owner_id  BIGINT NOT NULL,
    policy_id TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    fact      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    grant_id  BIGINT NOT NULL,
    batch_id  BIGINT NOT NULL,                           -- that went to the bank; 0: not yet
    PRIMARY KEY (owner_id, policy_id, fact)
) /*sqlite:WITHOUT ROWID*/;

-- What an owner was granted in a year; its row is also what two decisions about one owner wait at.
CREATE TABLE grant_year (
    owner_id BIGINT NOT NULL,
    year     BIGINT NOT NULL,
    policy_id TEXT /*postgres:COLLATE "C"*/ NOT NULL,    -- '': all together
    granted  BIGINT NOT NULL,                            -- fen
    times    BIGINT NOT NULL,
    PRIMARY KEY (owner_id, year, policy_id)
) /*sqlite:WITHOUT ROWID*/;

-- Money of a level, a source and a year. available is what is neither committed, sent nor paid.
CREATE TABLE grant_fund (
    fund_id   BIGINT NOT NULL PRIMARY KEY,
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    source    TEXT /*postgres:COLLATE "C"*/ NOT NULL,    -- central, region, league, banner, insurance
    year      BIGINT NOT NULL,
    policy_id TEXT /*postgres:COLLATE "C"*/ NOT NULL,    -- '': every policy
    name      TEXT NOT NULL,
    budget    BIGINT NOT NULL,
    available BIGINT NOT NULL,
    committed BIGINT NOT NULL,
    sent      BIGINT NOT NULL,                           -- at the bank
    paid      BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX grant_fund_area ON grant_fund (area, year, fund_id);

-- Every movement, from one pot of a fund to another (out: the treasury).
CREATE TABLE grant_entry (
    fund_id  BIGINT NOT NULL,
    entry_id BIGINT NOT NULL,
    kind     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    from_pot TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    to_pot   TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    amount   BIGINT NOT NULL,                            -- fen, more than 0
    owner_id BIGINT NOT NULL,
    grant_id BIGINT NOT NULL,
    on_day   DATE NOT NULL,
    by_id    BIGINT NOT NULL,
    by_name  TEXT NOT NULL,
    note     TEXT NOT NULL,
    PRIMARY KEY (fund_id, entry_id)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE grant_batch (
    batch_id   BIGINT NOT NULL PRIMARY KEY,
    number     TEXT NOT NULL,
    fund_id    BIGINT NOT NULL,
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    state      TEXT /*postgres:COLLATE "C"*/ NOT NULL,   -- waiting, refused, sent, done
    n          BIGINT NOT NULL,
    amount     BIGINT NOT NULL,
    paid_n     BIGINT NOT NULL,
    paid       BIGINT NOT NULL,
    bounced_n  BIGINT NOT NULL,
    bounced    BIGINT NOT NULL,
    request_id BIGINT NOT NULL,
    made_by    BIGINT NOT NULL,
    made_on    DATE NOT NULL,
    sent_on    DATE,
    done_on    DATE,
    file       BYTEA,                                    -- sealed, from the second approval on
    digest     TEXT NOT NULL                             -- SM3 of the file as the bank gets it
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX grant_batch_area ON grant_batch (area, batch_id);

-- Who staff are, for the question of relatives and own firms (回避).
CREATE TABLE grant_staff (
    account_id BIGINT NOT NULL PRIMARY KEY,
    person_id  BIGINT NOT NULL,                          -- 0: declared, and not in the register
    at         BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;

-- Money to be given back, in instalments.
CREATE TABLE grant_recovery (
    owner_id    BIGINT NOT NULL,
    recovery_id BIGINT NOT NULL,
    grant_id    BIGINT NOT NULL,
    fund_id     BIGINT NOT NULL,
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    state       TEXT /*postgres:COLLATE "C"*/ NOT NULL,  -- waiting, refused, open, done
    amount      BIGINT NOT NULL,
    received    BIGINT NOT NULL,
    parts       BIGINT NOT NULL,
    since       DATE NOT NULL,
    by_id       BIGINT NOT NULL,
    why         BYTEA NOT NULL,                          -- sealed
    PRIMARY KEY (owner_id, recovery_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX grant_recovery_area ON grant_recovery (state, area, recovery_id);
CREATE TABLE grant_instalment (
    owner_id    BIGINT NOT NULL,
    recovery_id BIGINT NOT NULL,
    part        BIGINT NOT NULL,
    due_on      DATE NOT NULL,
    amount      BIGINT NOT NULL,
    received    BIGINT NOT NULL,
    received_on DATE,
    PRIMARY KEY (owner_id, recovery_id, part)
) /*sqlite:WITHOUT ROWID*/;
