-- +goose Up
CREATE TABLE supervise_unit (
    unit_id BIGINT NOT NULL PRIMARY KEY,
    area    TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    code    TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    name    TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    version BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX supervise_unit_name ON supervise_unit (area, name);

-- Who was a unit's liaison from when until when; the one without an end is the present one.
CREATE TABLE supervise_liaison (
    unit_id    BIGINT NOT NULL,
    liaison_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    said       BYTEA NOT NULL, -- sealed: name and telephone
    since      DATE NOT NULL,
    until_day  DATE,
    by_name    TEXT NOT NULL,
    PRIMARY KEY (unit_id, liaison_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX supervise_liaison_one ON supervise_liaison (unit_id) WHERE until_day IS NULL;

CREATE TABLE supervise_duty (
    duty_id   BIGINT NOT NULL PRIMARY KEY,
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    unit_id   BIGINT NOT NULL,
    unit      TEXT NOT NULL,
    joint     TEXT NOT NULL,
    source    TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    source_id BIGINT NOT NULL,
    plan      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    no        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    title     TEXT NOT NULL,
    what      TEXT NOT NULL,
    quote     TEXT NOT NULL,
    indicator TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    year      BIGINT NOT NULL,
    percent   BIGINT NOT NULL,
    state     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    by_name   TEXT NOT NULL,
    at        BIGINT NOT NULL,
    version   BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX supervise_duty_area ON supervise_duty (area, duty_id);
CREATE INDEX supervise_duty_unit ON supervise_duty (unit_id, duty_id);
CREATE INDEX supervise_duty_source ON supervise_duty (source, source_id, duty_id);
CREATE UNIQUE INDEX supervise_duty_task ON supervise_duty (area, plan, no, unit_id, year) WHERE source = 'plan';

CREATE TABLE supervise_milestone (
    duty_id      BIGINT NOT NULL,
    milestone_id BIGINT NOT NULL,
    area         TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    unit_id      BIGINT NOT NULL,
    text         TEXT NOT NULL,
    due          DATE NOT NULL,
    state        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    stage        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    answer_by    DATE,
    promise      DATE,
    day          DATE, -- reported reached
    reporter_id  BIGINT NOT NULL,
    PRIMARY KEY (duty_id, milestone_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX supervise_milestone_due ON supervise_milestone (state, due, milestone_id);
CREATE INDEX supervise_milestone_area ON supervise_milestone (area, state, due);

CREATE TABLE supervise_step (
    duty_id      BIGINT NOT NULL,
    step_id      BIGINT NOT NULL,
    milestone_id BIGINT NOT NULL,
    area         TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    what         TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    said         BYTEA NOT NULL, -- sealed
    by_name      TEXT NOT NULL,
    at           BIGINT NOT NULL,
    PRIMARY KEY (duty_id, step_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX supervise_step_area ON supervise_step (area, what, at);

CREATE TABLE supervise_meeting (
    meeting_id BIGINT NOT NULL PRIMARY KEY,
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    day        DATE NOT NULL,
    title      TEXT NOT NULL,
    chair      TEXT NOT NULL,
    attended   TEXT NOT NULL,
    agenda     TEXT NOT NULL,
    said       BYTEA NOT NULL, -- sealed: minutes
    by_name    TEXT NOT NULL,
    version    BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX supervise_meeting_area ON supervise_meeting (area, meeting_id);

CREATE TABLE supervise_inspection (
    inspection_id BIGINT NOT NULL PRIMARY KEY,
    area          TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- who inspects
    theme         TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    title         TEXT NOT NULL,
    starts        DATE NOT NULL,
    ends          DATE NOT NULL,
    leader        TEXT NOT NULL,
    member        TEXT NOT NULL,
    places        TEXT NOT NULL, -- codes
    checklist     TEXT NOT NULL, -- one a line
    state         TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    conclusion    TEXT NOT NULL,
    by_name       TEXT NOT NULL,
    version       BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX supervise_inspection_area ON supervise_inspection (area, inspection_id);

CREATE TABLE supervise_check (
    inspection_id BIGINT NOT NULL,
    check_id      BIGINT NOT NULL,
    area          TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    item          TEXT NOT NULL,
    said          BYTEA NOT NULL, -- sealed
    duty_id       BIGINT NOT NULL, -- of the rectification; 0: nothing was wrong
    day           DATE NOT NULL,
    by_name       TEXT NOT NULL,
    PRIMARY KEY (inspection_id, check_id)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE supervise_ledger (
    entry_id    BIGINT NOT NULL PRIMARY KEY,
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    kind        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    unit_id     BIGINT NOT NULL,
    unit        TEXT NOT NULL,
    title       TEXT NOT NULL,
    said        BYTEA NOT NULL, -- sealed: facts
    conditions  TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    source      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    source_text TEXT NOT NULL,
    day         DATE NOT NULL,
    state       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    by_name     TEXT NOT NULL,
    decider     TEXT NOT NULL,
    decided     DATE,
    version     BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX supervise_ledger_area ON supervise_ledger (area, entry_id);

CREATE TABLE supervise_scheme (
    scheme_id    BIGINT NOT NULL PRIMARY KEY,
    area         TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- who appraises the areas below it
    year         BIGINT NOT NULL,
    title        TEXT NOT NULL,
    cutoff       DATE NOT NULL,
    appeal_until DATE,
    state        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    hash         TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    by_id        BIGINT NOT NULL,
    by_name      TEXT NOT NULL,
    version      BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX supervise_scheme_year ON supervise_scheme (area, year);

CREATE TABLE supervise_criterion (
    scheme_id BIGINT NOT NULL,
    no        BIGINT NOT NULL,
    name      TEXT NOT NULL,
    rule      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    input     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    weight    BIGINT NOT NULL, -- hundredths of a point
    cap       BIGINT NOT NULL, -- ten-thousandths
    each_one  BIGINT NOT NULL, -- hundredths of a point
    PRIMARY KEY (scheme_id, no)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE supervise_score (
    scheme_id BIGINT NOT NULL,
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    no        BIGINT NOT NULL,
    actual    BIGINT NOT NULL,
    wanted    BIGINT NOT NULL,
    ratio     BIGINT NOT NULL, -- ten-thousandths
    known     BIGINT NOT NULL,
    points    BIGINT NOT NULL, -- hundredths
    most      BIGINT NOT NULL, -- hundredths that could be had; 0: not scored
    noise     BIGINT NOT NULL, -- hundredths
    said      TEXT NOT NULL,   -- the sum in words
    PRIMARY KEY (scheme_id, area, no)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE supervise_appeal (
    scheme_id BIGINT NOT NULL,
    appeal_id BIGINT NOT NULL,
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    no        BIGINT NOT NULL,
    said      BYTEA NOT NULL, -- sealed
    answer    BYTEA NOT NULL, -- sealed
    points    BIGINT NOT NULL, -- hundredths added
    state     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    by_id     BIGINT NOT NULL,
    by_name   TEXT NOT NULL,
    answerer  TEXT NOT NULL,
    day       DATE NOT NULL,
    PRIMARY KEY (scheme_id, appeal_id)
) /*sqlite:WITHOUT ROWID*/;
