-- +goose Up
-- The year's places of a programme, from the region down.
CREATE TABLE graduate_quota (
    programme TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    year      BIGINT NOT NULL,
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    seats     BIGINT NOT NULL,
    version   BIGINT NOT NULL,
    PRIMARY KEY (programme, year, area)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE graduate_quota_change (
    change_id BIGINT NOT NULL PRIMARY KEY,
    programme TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    year      BIGINT NOT NULL,
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    before_n  BIGINT NOT NULL,
    after_n   BIGINT NOT NULL,
    why       TEXT NOT NULL,
    by_name   TEXT NOT NULL,
    at        BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX graduate_quota_change_year ON graduate_quota_change (programme, year, change_id);

CREATE TABLE graduate_round (
    round_id    BIGINT NOT NULL PRIMARY KEY,
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    programme   TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    year        BIGINT NOT NULL,
    title       TEXT NOT NULL,
    body        TEXT NOT NULL,
    opens       DATE NOT NULL,
    closes      DATE NOT NULL,
    exam        DATE NOT NULL,
    starts      DATE NOT NULL,
    grad_window BIGINT NOT NULL,
    max_age     BIGINT NOT NULL,
    weight      BIGINT NOT NULL, -- per cent of the written test
    pass        BIGINT NOT NULL, -- hundredths of a point
    days        BIGINT NOT NULL, -- working days of publicity
    state       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    shown_on    DATE,
    shown_until DATE,
    request_id  BIGINT NOT NULL,
    by_name     TEXT NOT NULL,
    by_id       BIGINT NOT NULL,
    version     BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX graduate_round_area ON graduate_round (area, round_id);

CREATE TABLE graduate_post (
    round_id  BIGINT NOT NULL,
    post_id   BIGINT NOT NULL,
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    unit      TEXT NOT NULL,
    title     TEXT NOT NULL,
    service   TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    majors    TEXT NOT NULL,
    degree    BIGINT NOT NULL,
    years     BIGINT NOT NULL,
    seats     BIGINT NOT NULL,
    reserved  BIGINT NOT NULL,
    allowance BIGINT NOT NULL, -- fen a month
    PRIMARY KEY (round_id, post_id)
) /*sqlite:WITHOUT ROWID*/;

-- Applications.
CREATE TABLE graduate_entry (
    person_id BIGINT NOT NULL,
    round_id  BIGINT NOT NULL,
    state     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    wishes    TEXT NOT NULL,      -- posts with blanks between, the most wanted first
    written   BIGINT NOT NULL,    -- hundredths; -1: none yet
    interview BIGINT NOT NULL,
    post_id   BIGINT NOT NULL,    -- given; 0: none
    medical   TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    said      BYTEA NOT NULL,     -- sealed
    at        BIGINT NOT NULL,
    version   BIGINT NOT NULL,
    PRIMARY KEY (person_id, round_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX graduate_entry_round ON graduate_entry (round_id, state, person_id);

-- Service periods, and what happened in them.
CREATE TABLE graduate_service (
    person_id  BIGINT NOT NULL,
    service_id BIGINT NOT NULL,
    round_id   BIGINT NOT NULL,
    post_id    BIGINT NOT NULL,
    programme  TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    year       BIGINT NOT NULL,
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    unit       TEXT NOT NULL,
    title      TEXT NOT NULL,
    starts     DATE NOT NULL,
    ends       DATE NOT NULL,
    state      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    ended_on   DATE,
    allowance  BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (person_id, service_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX graduate_service_area ON graduate_service (area, service_id);

CREATE TABLE graduate_served (
    person_id  BIGINT NOT NULL,
    served_id  BIGINT NOT NULL,
    service_id BIGINT NOT NULL,
    what       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    result     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    day        DATE NOT NULL,
    said       BYTEA NOT NULL, -- sealed
    by_name    TEXT NOT NULL,
    PRIMARY KEY (person_id, served_id)
) /*sqlite:WITHOUT ROWID*/;

-- Graduates of the last two years without work, drawn anew from the register every night.
CREATE TABLE graduate_leaver (
    person_id BIGINT NOT NULL PRIMARY KEY,
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    graduated DATE NOT NULL,
    degree    BIGINT NOT NULL,
    major     TEXT NOT NULL,
    trained   BIGINT NOT NULL -- trainings since graduation, by the register
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX graduate_leaver_area ON graduate_leaver (area, person_id);

CREATE TABLE graduate_contact (
    person_id  BIGINT NOT NULL,
    contact_id BIGINT NOT NULL,
    kind       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    state      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- with kind reached
    day        DATE NOT NULL,
    said       BYTEA NOT NULL, -- sealed
    by_name    TEXT NOT NULL,
    PRIMARY KEY (person_id, contact_id)
) /*sqlite:WITHOUT ROWID*/;

-- How many graduates of each year have work, by banner, counted every night.
CREATE TABLE graduate_year (
    area     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    year     BIGINT NOT NULL,
    people   BIGINT NOT NULL,
    unit     BIGINT NOT NULL,
    flexible BIGINT NOT NULL,
    PRIMARY KEY (area, year)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE graduate_event (
    event_id BIGINT NOT NULL PRIMARY KEY,
    area     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    kind     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    title    TEXT NOT NULL,
    school   TEXT NOT NULL,
    place    TEXT NOT NULL,
    link     TEXT NOT NULL,
    day      DATE NOT NULL,
    by_name  TEXT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX graduate_event_day ON graduate_event (day, event_id);

-- Who asked for the weekly letter; asking is the consent to it.
CREATE TABLE graduate_subscription (
    person_id BIGINT NOT NULL PRIMARY KEY,
    since     DATE NOT NULL
) /*sqlite:WITHOUT ROWID*/;
