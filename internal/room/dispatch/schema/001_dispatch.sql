-- +goose Up
-- Key enterprises. One row for each, also after it was taken off.
CREATE TABLE dispatch_unit (
    employer_id  BIGINT NOT NULL PRIMARY KEY,
    area         TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- of the employer
    level        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- region, league, banner
    criteria     TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- keys with blanks between
    why          TEXT NOT NULL,
    document     TEXT NOT NULL,                          -- number of the decision
    state        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- asked, on, off
    since        DATE NOT NULL,
    until        DATE,                                   -- day it was taken off
    officer_id   BIGINT NOT NULL,                        -- account; 0: none
    officer_name TEXT NOT NULL,
    contact      BYTEA NOT NULL,                         -- sealed: who to talk to there
    version      BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX dispatch_unit_area ON dispatch_unit (area, state, employer_id);
CREATE INDEX dispatch_unit_officer ON dispatch_unit (officer_id, state);

-- What happened to a key enterprise's place on the list.
CREATE TABLE dispatch_event (
    employer_id BIGINT NOT NULL,
    event_id    BIGINT NOT NULL,
    what        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- ask, add, remove, officer, contact
    text        TEXT NOT NULL,
    by_name     TEXT NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (employer_id, event_id)
) /*sqlite:WITHOUT ROWID*/;

-- Visits (点对点): what was said is sealed, it may name people.
CREATE TABLE dispatch_visit (
    employer_id BIGINT NOT NULL,
    visit_id    BIGINT NOT NULL,
    day         DATE NOT NULL,
    way         TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- visit, phone, online
    said        BYTEA NOT NULL,
    by_name     TEXT NOT NULL,
    PRIMARY KEY (employer_id, visit_id)
) /*sqlite:WITHOUT ROWID*/;

-- What an enterprise asked for.
CREATE TABLE dispatch_request (
    employer_id   BIGINT NOT NULL,
    request_id    BIGINT NOT NULL,
    area          TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    kind          TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    said          BYTEA NOT NULL,                       -- sealed: what is asked, and what was answered
    day           DATE NOT NULL,
    doer          TEXT NOT NULL,                        -- who does it
    due           DATE NOT NULL,
    state         TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- open, done, closed
    assignment_id BIGINT NOT NULL,                      -- 0: done by the officer
    content       INTEGER NOT NULL,                     -- 1 to 5; 0: not said
    closed        DATE,
    version       BIGINT NOT NULL,
    PRIMARY KEY (employer_id, request_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX dispatch_request_area ON dispatch_request (area, state, due);
CREATE INDEX dispatch_request_id ON dispatch_request (request_id);

-- Monthly reports.
CREATE TABLE dispatch_report (
    employer_id BIGINT NOT NULL,
    month       INTEGER NOT NULL,                       -- 202509
    state       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- submitted, returned, verified
    staff       BIGINT NOT NULL,
    openings    BIGINT NOT NULL,                        -- the gap: sum of its lines
    told        BIGINT NOT NULL,                        -- filled, as the enterprise says
    ahead1      BIGINT NOT NULL,                        -- expected demand of the next three months
    ahead2      BIGINT NOT NULL,
    ahead3      BIGINT NOT NULL,
    reasons     TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- keys with blanks between
    train       BIGINT NOT NULL,                        -- people to be trained
    trade       TEXT NOT NULL,                          -- in what
    note        TEXT NOT NULL,
    returned    TEXT NOT NULL,                          -- why it was sent back
    due         DATE NOT NULL,
    first_on    DATE NOT NULL,                          -- day it first came
    by_name     TEXT NOT NULL,
    at          BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (employer_id, month)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX dispatch_report_month ON dispatch_report (month, employer_id);

CREATE TABLE dispatch_gap (
    employer_id BIGINT NOT NULL,
    month       INTEGER NOT NULL,
    gap_id      BIGINT NOT NULL,                        -- 1, 2, 3 within the report
    occupation  TEXT NOT NULL,
    openings    BIGINT NOT NULL,
    pay_low     BIGINT NOT NULL,                        -- fen a month
    pay_high    BIGINT NOT NULL,
    told        BIGINT NOT NULL,
    vacancy_id  BIGINT NOT NULL,                        -- 0: not among the vacancies
    PRIMARY KEY (employer_id, month, gap_id)
) /*sqlite:WITHOUT ROWID*/;

-- Every report as it was handed in.
CREATE TABLE dispatch_version (
    employer_id BIGINT NOT NULL,
    month       INTEGER NOT NULL,
    version     BIGINT NOT NULL,
    body        TEXT NOT NULL,                          -- JSON
    by_name     TEXT NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (employer_id, month, version)
) /*sqlite:WITHOUT ROWID*/;

-- What was done about a month's gap.
CREATE TABLE dispatch_action (
    employer_id   BIGINT NOT NULL,
    action_id     BIGINT NOT NULL,
    month         INTEGER NOT NULL,
    area          TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    kind          TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- fair, push, labour, shared, training, up
    day           DATE NOT NULL,
    text          TEXT NOT NULL,
    sent          BIGINT NOT NULL,
    met           BIGINT NOT NULL,                      -- people brought together, as told afterwards
    result        TEXT NOT NULL,
    assignment_id BIGINT NOT NULL,
    by_name       TEXT NOT NULL,
    version       BIGINT NOT NULL,
    PRIMARY KEY (employer_id, action_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX dispatch_action_area ON dispatch_action (area, month, kind);
CREATE INDEX dispatch_action_id ON dispatch_action (action_id);

-- People newly insured by a key enterprise, by the month they began: counted from the register every night.
CREATE TABLE dispatch_hired (
    employer_id BIGINT NOT NULL,
    month       INTEGER NOT NULL,
    people      BIGINT NOT NULL,
    PRIMARY KEY (employer_id, month)
) /*sqlite:WITHOUT ROWID*/;

-- Projects that departments pushed.
CREATE TABLE dispatch_lead (
    lead_id       BIGINT NOT NULL PRIMARY KEY,
    area          TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    project       TEXT NOT NULL,
    owner         TEXT NOT NULL,
    credit_code   TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    department    TEXT NOT NULL,
    invest        BIGINT NOT NULL,                      -- fen
    starts        DATE,
    contact       BYTEA NOT NULL,                       -- sealed
    people        BIGINT NOT NULL,
    state         TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- new, contacted, made, none
    day           DATE NOT NULL,
    due           DATE NOT NULL,
    outcome       TEXT NOT NULL,
    employer_id   BIGINT NOT NULL,                      -- 0: not known yet
    assignment_id BIGINT NOT NULL,
    given_by      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- area that brought the list in
    by_name       TEXT NOT NULL,
    version       BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX dispatch_lead_area ON dispatch_lead (area, state, due);

-- Where a project's name within its area and department leads to.
CREATE TABLE dispatch_lead_key (
    name_key TEXT /*postgres:COLLATE "C"*/ NOT NULL PRIMARY KEY,
    lead_id  BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE dispatch_forecast (
    lead_id     BIGINT NOT NULL,
    forecast_id BIGINT NOT NULL,
    occupation  TEXT NOT NULL,
    quarter     TEXT /*postgres:COLLATE "C"*/ NOT NULL,  -- 2026Q1; "": not said
    people      BIGINT NOT NULL,
    vacancy_id  BIGINT NOT NULL,
    PRIMARY KEY (lead_id, forecast_id)
) /*sqlite:WITHOUT ROWID*/;

-- Needs that enterprises put before agencies.
CREATE TABLE dispatch_need (
    need_id     BIGINT NOT NULL PRIMARY KEY,
    employer_id BIGINT NOT NULL,
    name        TEXT NOT NULL,
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    service     TEXT /*postgres:COLLATE "C"*/ NOT NULL,  -- recruit, dispatch, outsource, train, labour
    occupation  TEXT NOT NULL,
    people      BIGINT NOT NULL,
    text        TEXT NOT NULL,
    until       DATE NOT NULL,
    state       TEXT /*postgres:COLLATE "C"*/ NOT NULL,  -- open, chosen, contracted, closed, withdrawn
    offer_id    BIGINT NOT NULL,
    contract    TEXT NOT NULL,
    signed      DATE,
    brought     BIGINT NOT NULL,
    result      TEXT NOT NULL,
    by_name     TEXT NOT NULL,
    version     BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX dispatch_need_area ON dispatch_need (area, state, need_id);
CREATE INDEX dispatch_need_employer ON dispatch_need (employer_id, need_id);

CREATE TABLE dispatch_offer (
    need_id   BIGINT NOT NULL,
    offer_id  BIGINT NOT NULL,
    agency_id BIGINT NOT NULL,
    name      TEXT NOT NULL,
    people    BIGINT NOT NULL,
    fee       BIGINT NOT NULL,                          -- fen a person; 0: none
    days      INTEGER NOT NULL,                         -- within how many days
    text      TEXT NOT NULL,
    grade     TEXT /*postgres:COLLATE "C"*/ NOT NULL,   -- of the agency's credit on that day
    by_name   TEXT NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (need_id, offer_id)
) /*sqlite:WITHOUT ROWID*/;
