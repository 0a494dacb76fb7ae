-- +goose Up
-- What was done at a counter: the receipt that the person takes home.
CREATE TABLE service_receipt (
    person_id    BIGINT NOT NULL,
    receipt_id   BIGINT NOT NULL,
    kind         TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- unemployed, employed, unlisted, left
    office       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- area of the counter
    place_right  TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- household, residence, insured, work
    at           BIGINT NOT NULL,
    by_id        BIGINT NOT NULL,
    by_name      TEXT NOT NULL,
    lines_seal   BYTEA NOT NULL,                         -- JSON: what was written down
    PRIMARY KEY (person_id, receipt_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX service_receipt_office ON service_receipt (office, at, receipt_id);

-- Personnel archives of people without a unit (流动人员人事档案).
CREATE TABLE service_archive (
    person_id   BIGINT NOT NULL,
    archive_id  BIGINT NOT NULL,
    number      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- 档案编号
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- of the office that keeps it
    shelf       TEXT NOT NULL,                          -- 存放位置
    came_from   TEXT NOT NULL,
    came_on     DATE NOT NULL,
    letter      TEXT NOT NULL,                          -- number of the letter that brought it
    items       TEXT NOT NULL,                          -- what lies in it, one a line
    state       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- kept, lent, gone
    borrower    TEXT NOT NULL,
    lent_on     DATE,
    due_on      DATE,
    gone_to     TEXT NOT NULL,
    gone_on     DATE,
    version     BIGINT NOT NULL,
    PRIMARY KEY (person_id, archive_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX service_archive_area ON service_archive (area, state, archive_id);
CREATE TABLE service_archive_number (
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    number     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    person_id  BIGINT NOT NULL,
    archive_id BIGINT NOT NULL,
    PRIMARY KEY (area, number)
) /*sqlite:WITHOUT ROWID*/;
CREATE TABLE service_archive_step (
    person_id  BIGINT NOT NULL,
    archive_id BIGINT NOT NULL,
    step_id    BIGINT NOT NULL,
    kind       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- in, lend, back, out
    at         BIGINT NOT NULL,
    by_name    TEXT NOT NULL,
    who        TEXT NOT NULL,                          -- borrower, or the unit it came from or went to
    note       TEXT NOT NULL,
    PRIMARY KEY (person_id, archive_id, step_id)
) /*sqlite:WITHOUT ROWID*/;

-- The case base of returnee founders (返乡入乡创业案例库).
CREATE TABLE service_story (
    story_id   BIGINT NOT NULL PRIMARY KEY,
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    sector     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    title      TEXT NOT NULL,
    founder    TEXT NOT NULL,                          -- as it may be published
    firm       TEXT NOT NULL,
    jobs       INTEGER NOT NULL,                       -- people it employs
    body       TEXT NOT NULL,
    helped     TEXT NOT NULL,                          -- which help mattered
    state      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- waiting, published, refused, withdrawn
    reason     TEXT NOT NULL,                          -- of a refusal
    by_id      BIGINT NOT NULL,
    by_name    TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    version    BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX service_story_state ON service_story (state, area, story_id);

-- Labour demand that departments push before a project starts.
CREATE TABLE service_demand (
    employer_id BIGINT NOT NULL,
    demand_id   BIGINT NOT NULL,
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    project     TEXT NOT NULL,
    department  TEXT NOT NULL,
    occupation  TEXT NOT NULL,
    people      INTEGER NOT NULL,
    needed_on   DATE NOT NULL,
    note        TEXT NOT NULL,
    state       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- open, handed, dropped
    vacancy_id  BIGINT NOT NULL,                        -- at the jobs desk, 0: not yet
    by_id       BIGINT NOT NULL,
    by_name     TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (employer_id, demand_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX service_demand_area ON service_demand (state, area, needed_on, demand_id);
CREATE INDEX service_demand_id ON service_demand (demand_id);
