-- +goose Up
-- Complaints about adverts, units and agencies.
CREATE TABLE market_complaint (
    complaint_id BIGINT NOT NULL PRIMARY KEY,
    code         TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- by which it can be followed without signing in
    about        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- vacancy, employer, agency
    about_id     BIGINT NOT NULL,
    employer_id  BIGINT NOT NULL,
    name         TEXT NOT NULL,
    area         TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    kind         TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    said         BYTEA NOT NULL,                         -- sealed: text and contact
    person_id    BIGINT NOT NULL,                        -- 0: anonymous
    state        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    day          DATE NOT NULL,
    due          DATE NOT NULL,
    taken_off    BIGINT NOT NULL,                        -- 1: the advert is not shown meanwhile
    outcome      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    told         TEXT NOT NULL,
    version      BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX market_complaint_area ON market_complaint (area, state, due);
CREATE INDEX market_complaint_code ON market_complaint (code);
CREATE INDEX market_complaint_employer ON market_complaint (employer_id, state);
CREATE INDEX market_complaint_about ON market_complaint (about, about_id, state);
CREATE INDEX market_complaint_person ON market_complaint (person_id);

CREATE TABLE market_step (
    complaint_id BIGINT NOT NULL,
    step_id      BIGINT NOT NULL,
    what         TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    said         BYTEA NOT NULL,                         -- sealed
    by_name      TEXT NOT NULL,
    at           BIGINT NOT NULL,
    PRIMARY KEY (complaint_id, step_id)
) /*sqlite:WITHOUT ROWID*/;

-- Records of joint interviews.
CREATE TABLE market_interview (
    complaint_id BIGINT NOT NULL,
    interview_id BIGINT NOT NULL,
    day          DATE NOT NULL,
    departments  TEXT NOT NULL,
    attended     TEXT NOT NULL,
    points       TEXT NOT NULL,
    promise      TEXT NOT NULL,
    correct_by   DATE NOT NULL,
    PRIMARY KEY (complaint_id, interview_id)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE market_park (
    park_id BIGINT NOT NULL PRIMARY KEY,
    name    TEXT NOT NULL,
    area    TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    level   TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    opened  DATE,
    by_name TEXT NOT NULL
) /*sqlite:WITHOUT ROWID*/;

-- Human-resources service agencies.
CREATE TABLE market_agency (
    agency_id   BIGINT NOT NULL PRIMARY KEY,
    employer_id BIGINT NOT NULL,
    name        TEXT NOT NULL,
    credit_code TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    licence     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    valid_from  DATE,
    valid_until DATE,
    services    TEXT NOT NULL,
    park_id     BIGINT NOT NULL,
    backbone    BIGINT NOT NULL, -- 1: a backbone firm
    phone       TEXT NOT NULL,
    listed      DATE,            -- since when on the list of the seriously dishonest
    listed_why  TEXT NOT NULL,
    version     BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX market_agency_area ON market_agency (area, agency_id);
CREATE UNIQUE INDEX market_agency_code ON market_agency (credit_code);
CREATE INDEX market_agency_employer ON market_agency (employer_id);

-- What agencies report on a year.
CREATE TABLE market_annual (
    agency_id BIGINT NOT NULL,
    year      BIGINT NOT NULL,
    output    BIGINT NOT NULL, -- fen
    staff     BIGINT NOT NULL,
    served    BIGINT NOT NULL,
    units     BIGINT NOT NULL,
    placed    BIGINT NOT NULL,
    day       DATE NOT NULL,
    by_name   TEXT NOT NULL,
    PRIMARY KEY (agency_id, year)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE market_event (
    agency_id BIGINT NOT NULL,
    event_id  BIGINT NOT NULL,
    code      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    points    BIGINT NOT NULL,
    day       DATE NOT NULL,
    until_day DATE NOT NULL,
    text      TEXT NOT NULL,
    source    TEXT NOT NULL,
    by_name   TEXT NOT NULL,
    PRIMARY KEY (agency_id, event_id)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE market_inspection (
    agency_id     BIGINT NOT NULL,
    inspection_id BIGINT NOT NULL,
    day           DATE NOT NULL,
    people        TEXT NOT NULL,
    findings      TEXT NOT NULL,
    correct_by    DATE,
    result        TEXT NOT NULL,
    PRIMARY KEY (agency_id, inspection_id)
) /*sqlite:WITHOUT ROWID*/;

-- Services bought from agencies.
CREATE TABLE market_purchase (
    purchase_id BIGINT NOT NULL PRIMARY KEY,
    agency_id   BIGINT NOT NULL,
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    title       TEXT NOT NULL,
    item        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    number      TEXT NOT NULL,
    amount      BIGINT NOT NULL, -- fen
    paid        BIGINT NOT NULL, -- fen, as told
    starts      DATE NOT NULL,
    ends        DATE NOT NULL,
    by_name     TEXT NOT NULL,
    by_id       BIGINT NOT NULL,
    version     BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX market_purchase_area ON market_purchase (area, purchase_id);
CREATE INDEX market_purchase_agency ON market_purchase (agency_id, purchase_id);

CREATE TABLE market_deliverable (
    purchase_id    BIGINT NOT NULL,
    deliverable_id BIGINT NOT NULL,
    what           TEXT NOT NULL,
    quantity       BIGINT NOT NULL,
    unit           TEXT NOT NULL,
    due            DATE NOT NULL,
    amount         BIGINT NOT NULL, -- fen
    state          TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    done           BIGINT NOT NULL,
    note           TEXT NOT NULL,
    submitted_by   BIGINT NOT NULL,
    submitter      TEXT NOT NULL,
    acceptor       TEXT NOT NULL,
    day            DATE,
    PRIMARY KEY (purchase_id, deliverable_id)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE market_need (
    need_id   BIGINT NOT NULL PRIMARY KEY,
    side      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    name      TEXT NOT NULL,
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    offer     BIGINT NOT NULL,
    text      TEXT NOT NULL,
    phone     TEXT NOT NULL,
    until_day DATE NOT NULL,
    closed    BIGINT NOT NULL,
    by_id     BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX market_need_area ON market_need (area, until_day, need_id);
