-- +goose Up
-- Job fairs.
CREATE TABLE fair_event (
    fair_id    BIGINT NOT NULL PRIMARY KEY,
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- who holds it
    kind       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- special, weekly, campus, cities, sector, online
    title      TEXT NOT NULL,
    theme      TEXT NOT NULL,
    place      TEXT NOT NULL,
    others     TEXT NOT NULL,                          -- places that hold it together with the area
    day        DATE NOT NULL,
    opens      INTEGER NOT NULL,                       -- minutes from midnight
    ends       INTEGER NOT NULL,
    welcome    TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- groups addressed, blanks between
    organisers TEXT NOT NULL,
    booths     INTEGER NOT NULL,
    summary    TEXT NOT NULL,
    state      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- planned, open, closed, cancelled
    done       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- of the checklist, blanks between
    conclusion TEXT NOT NULL,
    by_id      BIGINT NOT NULL,
    by_name    TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    closed_on  DATE,
    version    BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX fair_event_day ON fair_event (day, fair_id);
CREATE INDEX fair_event_area ON fair_event (area, day, fair_id);

-- Employers at a fair.
CREATE TABLE fair_booth (
    employer_id BIGINT NOT NULL,
    fair_id     BIGINT NOT NULL,
    number      INTEGER NOT NULL,                       -- 0: none given yet
    state       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- asked, confirmed, refused
    intro       TEXT NOT NULL,
    contact     TEXT NOT NULL,
    reason      TEXT NOT NULL,
    at          BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (employer_id, fair_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX fair_booth_fair ON fair_booth (fair_id, employer_id);

-- Vacancies that an employer brings to a fair.
CREATE TABLE fair_vacancy (
    employer_id BIGINT NOT NULL,
    fair_id     BIGINT NOT NULL,
    vacancy_id  BIGINT NOT NULL,
    openings    INTEGER NOT NULL,
    PRIMARY KEY (employer_id, fair_id, vacancy_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX fair_vacancy_fair ON fair_vacancy (fair_id, employer_id, vacancy_id);

-- Numbers of booths, so that two employers never get the same one.
CREATE TABLE fair_number (
    fair_id     BIGINT NOT NULL,
    number      INTEGER NOT NULL,
    employer_id BIGINT NOT NULL,
    PRIMARY KEY (fair_id, number)
) /*sqlite:WITHOUT ROWID*/;

-- People at a fair.
CREATE TABLE fair_visit (
    person_id     BIGINT NOT NULL,
    fair_id       BIGINT NOT NULL,
    code          TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    registered_at BIGINT NOT NULL,
    checked_at    BIGINT NOT NULL,                      -- 0: has not come yet
    walkin        BOOLEAN NOT NULL,
    by_name       TEXT NOT NULL,
    PRIMARY KEY (person_id, fair_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX fair_visit_fair ON fair_visit (fair_id, person_id);

-- Codes of a fair, each leading to one person.
CREATE TABLE fair_code (
    fair_id   BIGINT NOT NULL,
    code      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    person_id BIGINT NOT NULL,
    PRIMARY KEY (fair_id, code)
) /*sqlite:WITHOUT ROWID*/;

-- Who is invited to which vacancy, and when.
CREATE TABLE fair_invite (
    person_id   BIGINT NOT NULL,
    fair_id     BIGINT NOT NULL,
    vacancy_id  BIGINT NOT NULL,
    employer_id BIGINT NOT NULL,
    slot        INTEGER NOT NULL,                       -- minutes from midnight
    score       INTEGER NOT NULL,
    why         TEXT NOT NULL,                          -- JSON: reasons
    hand        BOOLEAN NOT NULL,
    sent_at     BIGINT NOT NULL,                        -- 0: not told yet
    PRIMARY KEY (person_id, fair_id, vacancy_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX fair_invite_fair ON fair_invite (fair_id, person_id, vacancy_id);

-- The latest allocation of a fair.
CREATE TABLE fair_run (
    fair_id  BIGINT NOT NULL PRIMARY KEY,
    at       BIGINT NOT NULL,
    by_name  TEXT NOT NULL,
    seekers  INTEGER NOT NULL,
    invited  INTEGER NOT NULL,
    pairs    INTEGER NOT NULL,
    crowded  INTEGER NOT NULL,
    openings INTEGER NOT NULL
) /*sqlite:WITHOUT ROWID*/;

-- What was agreed at booths, and whether insurance shows the work.
CREATE TABLE fair_talk (
    person_id   BIGINT NOT NULL,
    fair_id     BIGINT NOT NULL,
    vacancy_id  BIGINT NOT NULL,
    employer_id BIGINT NOT NULL,
    result      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- intent, interview, hired, unfit
    note        TEXT NOT NULL,
    at          BIGINT NOT NULL,
    by_name     TEXT NOT NULL,
    month1      SMALLINT NOT NULL,                      -- 0 not known yet, 1 insured there, 2 not
    month3      SMALLINT NOT NULL,
    PRIMARY KEY (person_id, fair_id, vacancy_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX fair_talk_fair ON fair_talk (fair_id, person_id, vacancy_id);
CREATE INDEX fair_talk_due ON fair_talk (fair_id, person_id) WHERE month3 = 0 AND result <> 'unfit';
