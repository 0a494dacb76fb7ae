-- +goose Up
-- One row for each time the indicators were counted; pages show the latest.
CREATE TABLE plan_run (
    as_of  DATE NOT NULL PRIMARY KEY, -- the data's last day
    at     BIGINT NOT NULL,
    people BIGINT NOT NULL            -- how many were looked at
) /*sqlite:WITHOUT ROWID*/;

-- Sums by area (township and every area above), indicator and year, as they were known on a day.
CREATE TABLE plan_actual (
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    indicator   TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    year        INTEGER NOT NULL,
    as_of       DATE NOT NULL,
    numerator   BIGINT NOT NULL,
    denominator BIGINT NOT NULL,                        -- 0 for counts
    PRIMARY KEY (area, indicator, year, as_of)
) /*sqlite:WITHOUT ROWID*/;

-- The same by month, of the latest count only: events all years, the rest for the last two years.
CREATE TABLE plan_month (
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    indicator   TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    month       INTEGER NOT NULL,                       -- 202508
    numerator   BIGINT NOT NULL,
    denominator BIGINT NOT NULL,
    PRIMARY KEY (area, indicator, month)
) /*sqlite:WITHOUT ROWID*/;

-- Who stands behind an event indicator's number.
CREATE TABLE plan_counted (
    person_id BIGINT NOT NULL,
    indicator TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    year      INTEGER NOT NULL,
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL,   -- where the person lives, 12 digits
    times     INTEGER NOT NULL,
    PRIMARY KEY (person_id, indicator, year)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX plan_counted_list ON plan_counted (indicator, year, area, person_id);

-- Values that somebody entered (上报值).
CREATE TABLE plan_reported (
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    indicator TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    year      INTEGER NOT NULL,
    value     BIGINT NOT NULL,                          -- as Scaled keeps it
    note      TEXT NOT NULL,
    by_id     BIGINT NOT NULL,                          -- 0: printed in the plan
    by_name   TEXT NOT NULL,
    at        BIGINT NOT NULL,
    version   BIGINT NOT NULL,
    PRIMARY KEY (area, indicator, year)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE plan_task (
    area    TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    task    TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    status  TEXT /*postgres:COLLATE "C"*/ NOT NULL,     -- waiting, running, done
    at      BIGINT NOT NULL,
    by_name TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (area, task)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE plan_task_note (
    note_id BIGINT NOT NULL PRIMARY KEY,
    area    TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    task    TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    status  TEXT /*postgres:COLLATE "C"*/ NOT NULL,     -- the status it was set to
    text    TEXT NOT NULL,
    by_id   BIGINT NOT NULL,
    by_name TEXT NOT NULL,
    at      BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX plan_task_note_task ON plan_task_note (area, task, note_id);

-- +goose Down
DROP TABLE plan_task_note;
DROP TABLE plan_task;
DROP TABLE plan_reported;
DROP TABLE plan_counted;
DROP TABLE plan_month;
DROP TABLE plan_actual;
DROP TABLE plan_run;
