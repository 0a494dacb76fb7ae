-- +goose Up
-- Sums, months and reported figures moved to the register indicator: counts are made anew, what people entered is kept.
INSERT INTO indicator_report (area, indicator, period, version, value, note, state, by_id, by_name, at, judge, judged_at, reason)
SELECT area, indicator, year, 1, value, note, CASE WHEN by_id = 0 THEN 'signed' ELSE 'submitted' END, by_id, by_name, at, '', 0, '' FROM plan_reported ORDER BY area, indicator, year;
DROP TABLE plan_run;
DROP TABLE plan_actual;
DROP TABLE plan_month;
DROP TABLE plan_reported;

-- +goose Down
CREATE TABLE plan_run (as_of DATE NOT NULL PRIMARY KEY, at BIGINT NOT NULL, people BIGINT NOT NULL);
CREATE TABLE plan_actual (area TEXT NOT NULL, indicator TEXT NOT NULL, year INTEGER NOT NULL, as_of DATE NOT NULL, numerator BIGINT NOT NULL,
    denominator BIGINT NOT NULL, PRIMARY KEY (area, indicator, year, as_of));
CREATE TABLE plan_month (area TEXT NOT NULL, indicator TEXT NOT NULL, month INTEGER NOT NULL, numerator BIGINT NOT NULL, denominator BIGINT NOT NULL,
    PRIMARY KEY (area, indicator, month));
CREATE TABLE plan_reported (area TEXT NOT NULL, indicator TEXT NOT NULL, year INTEGER NOT NULL, value BIGINT NOT NULL, note TEXT NOT NULL,
    by_id BIGINT NOT NULL, by_name TEXT NOT NULL, at BIGINT NOT NULL, version BIGINT NOT NULL, PRIMARY KEY (area, indicator, year));
