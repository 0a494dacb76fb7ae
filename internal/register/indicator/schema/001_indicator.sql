-- +goose Up
-- Definitions, every version of each.
CREATE TABLE indicator_definition (
    indicator TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    version   INTEGER NOT NULL,
    ord       INTEGER NOT NULL,                        -- place in lists
    name      TEXT NOT NULL,
    unit      TEXT NOT NULL,
    kind      TEXT /*postgres:COLLATE "C"*/ NOT NULL,  -- event, stock, rate, mean, reported
    type      TEXT /*postgres:COLLATE "C"*/ NOT NULL,  -- cumulative, level, ceiling, floor, band, growth, direction
    formula   TEXT NOT NULL,
    frequency TEXT /*postgres:COLLATE "C"*/ NOT NULL,  -- month, quarter, half, year
    lead      TEXT NOT NULL,
    down      BOOLEAN NOT NULL,
    sub       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (indicator, version)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE indicator_plan (
    plan      TEXT /*postgres:COLLATE "C"*/ NOT NULL PRIMARY KEY,
    name      TEXT NOT NULL,
    number    TEXT NOT NULL,
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    place     TEXT NOT NULL,
    base_year INTEGER NOT NULL,
    last_year INTEGER NOT NULL,
    state     TEXT /*postgres:COLLATE "C"*/ NOT NULL,  -- draft, proposed, confirmed, closed
    file      TEXT NOT NULL,
    by_name   TEXT NOT NULL,
    at        BIGINT NOT NULL,
    version   BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;

-- Targets; a changed one is a new version, and the old one says until when it stood.
CREATE TABLE indicator_target (
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    indicator  TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    plan       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    year       INTEGER NOT NULL,
    version    BIGINT NOT NULL,
    ord        INTEGER NOT NULL,
    base_year  INTEGER NOT NULL,
    base       BIGINT NOT NULL,
    value      BIGINT NOT NULL,
    high       BIGINT NOT NULL,
    words      TEXT NOT NULL,
    comparator TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    cumulative BOOLEAN NOT NULL,
    binding    BOOLEAN NOT NULL,
    shared     BOOLEAN NOT NULL,                        -- from decomposition
    unit       TEXT NOT NULL,
    quote      TEXT NOT NULL,
    at         BIGINT NOT NULL,
    until      BIGINT NOT NULL,                         -- 0 while it stands
    PRIMARY KEY (area, indicator, plan, year, version)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX indicator_target_plan ON indicator_target (plan, ord);

CREATE TABLE indicator_task (
    plan         TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    task         TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- key
    ord          INTEGER NOT NULL,
    no           TEXT NOT NULL,
    title        TEXT NOT NULL,
    summary      TEXT NOT NULL,
    lead         TEXT NOT NULL,
    units        TEXT NOT NULL,                          -- a line each
    deliverables TEXT NOT NULL,                          -- a line each
    deadline     TEXT NOT NULL,
    due          TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- 2025-12-31 or ''
    quote        TEXT NOT NULL,
    PRIMARY KEY (plan, task)
) /*sqlite:WITHOUT ROWID*/;

-- One row for each day on which a count was finished.
CREATE TABLE indicator_run (
    made_on DATE NOT NULL PRIMARY KEY,
    as_of   DATE NOT NULL,                              -- the data's last day
    at      BIGINT NOT NULL,
    people  BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;

-- Sums by area (township and every area above), indicator and period (2025, 202508): what is known now, and since when.
CREATE TABLE indicator_sum (
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    indicator   TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    period      INTEGER NOT NULL,
    numerator   BIGINT NOT NULL,
    denominator BIGINT NOT NULL,                        -- 0 for counts
    known       DATE NOT NULL,
    PRIMARY KEY (area, indicator, period)
) /*sqlite:WITHOUT ROWID*/;

-- What was known before, and until when.
CREATE TABLE indicator_past (
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    indicator   TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    period      INTEGER NOT NULL,
    until       DATE NOT NULL,
    numerator   BIGINT NOT NULL,
    denominator BIGINT NOT NULL,
    known       DATE NOT NULL,
    PRIMARY KEY (area, indicator, period, until)
) /*sqlite:WITHOUT ROWID*/;

-- Values that somebody entered (上报值), every version.
CREATE TABLE indicator_report (
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    indicator TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    period    INTEGER NOT NULL,
    version   BIGINT NOT NULL,
    value     BIGINT NOT NULL,                          -- as Scaled keeps it
    note      TEXT NOT NULL,
    state     TEXT /*postgres:COLLATE "C"*/ NOT NULL,   -- submitted, returned, signed
    by_id     BIGINT NOT NULL,                          -- 0: printed in the plan
    by_name   TEXT NOT NULL,
    at        BIGINT NOT NULL,
    judge     TEXT NOT NULL,
    judged_at BIGINT NOT NULL,
    reason    TEXT NOT NULL,
    PRIMARY KEY (area, indicator, period, version)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE indicator_outlook (
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    indicator TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    year      INTEGER NOT NULL,
    made_on   DATE NOT NULL,
    method    TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    points    INTEGER NOT NULL,
    reached   BIGINT NOT NULL,
    mean      BIGINT NOT NULL,
    low       BIGINT NOT NULL,
    high      BIGINT NOT NULL,
    wanted    BIGINT NOT NULL,
    chance    BIGINT NOT NULL,                          -- ten-thousandths, -1 none
    error     BIGINT NOT NULL,                          -- ten-thousandths, -1 unknown
    PRIMARY KEY (area, indicator, year)
) /*sqlite:WITHOUT ROWID*/;

-- +goose Down
DROP TABLE indicator_outlook;
DROP TABLE indicator_report;
DROP TABLE indicator_past;
DROP TABLE indicator_sum;
DROP TABLE indicator_run;
DROP TABLE indicator_task;
DROP TABLE indicator_target;
DROP TABLE indicator_plan;
DROP TABLE indicator_definition;
