-- +goose Up
-- What is counted, by place (region, league, banner), occupation and month.
CREATE TABLE analysis_sum (
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    month       INTEGER NOT NULL,                        -- 202508
    occupation  TEXT /*postgres:COLLATE "C"*/ NOT NULL,  -- '' all; '-' not coded; classification of 2022: 4-03-00-00, in leagues and the region also 4-03-02-01
    demand      BIGINT NOT NULL,                         -- of the month
    vacancies   BIGINT NOT NULL,
    posted      BIGINT NOT NULL,
    supply      BIGINT NOT NULL,
    arrived     BIGINT NOT NULL,
    hired       BIGINT NOT NULL,
    q_demand    BIGINT NOT NULL,                         -- of the quarter up to this month
    q_vacancies BIGINT NOT NULL,
    q_posted    BIGINT NOT NULL,
    q_supply    BIGINT NOT NULL,
    q_arrived   BIGINT NOT NULL,
    q_hired     BIGINT NOT NULL,
    PRIMARY KEY (area, month, occupation)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX analysis_sum_series ON analysis_sum (area, occupation, month);
CREATE INDEX analysis_sum_month ON analysis_sum (month, area, occupation);

-- Counts that were finished.
CREATE TABLE analysis_run (
    month     INTEGER NOT NULL PRIMARY KEY, -- last month counted
    at        BIGINT NOT NULL,
    vacancies INTEGER NOT NULL,             -- month of the first vacancy there is; 0: none
    first     INTEGER NOT NULL,             -- first month counted
    missing   BIGINT NOT NULL               -- people registered whose occupation could not be told
) /*sqlite:WITHOUT ROWID*/;

-- When vacancies were first seen closed before their last day: the register keeps the state only.
CREATE TABLE analysis_ended (
    employer_id BIGINT NOT NULL,
    vacancy_id  BIGINT NOT NULL,
    ended       DATE NOT NULL,
    PRIMARY KEY (employer_id, vacancy_id)
) /*sqlite:WITHOUT ROWID*/;

-- What was expected of a quarter, kept as it was said.
CREATE TABLE analysis_outlook (
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    made       INTEGER NOT NULL,                        -- last month known when it was said
    quarter    INTEGER NOT NULL,                        -- last month of the quarter
    measure    INTEGER NOT NULL,                        -- place in Sums
    occupation TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    mean       BIGINT NOT NULL,
    low        BIGINT NOT NULL,                         -- 80 %
    high       BIGINT NOT NULL,
    tested     INTEGER NOT NULL,                        -- past quarters that the same way of saying was tried on
    off        BIGINT NOT NULL,                         -- its mean error, ten-thousandths of what came; -1 unknown
    inside     BIGINT NOT NULL,                         -- share that lay in the interval, ten-thousandths
    PRIMARY KEY (area, made, quarter, measure, occupation)
) /*sqlite:WITHOUT ROWID*/;

-- Employers likely to hire.
CREATE TABLE analysis_lead (
    employer_id BIGINT NOT NULL PRIMARY KEY,
    made        INTEGER NOT NULL,                       -- last month of the flows
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    expected    BIGINT NOT NULL,                        -- people in the next three months, hundredths
    chance      INTEGER NOT NULL,                       -- that anybody comes, per thousand
    year1       INTEGER NOT NULL,                       -- people who came in the same months a year ago
    year2       INTEGER NOT NULL,
    year3       INTEGER NOT NULL,
    last12      INTEGER NOT NULL,
    before12    INTEGER NOT NULL,
    left12      INTEGER NOT NULL,
    staff       INTEGER NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX analysis_lead_area ON analysis_lead (area, expected, employer_id);

-- How good such lists would have been.
CREATE TABLE analysis_trial (
    area     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    origin   INTEGER NOT NULL,                          -- last month known
    listed   INTEGER NOT NULL,
    hit      INTEGER NOT NULL,                          -- of these, somebody came in the three months after
    naive    INTEGER NOT NULL,                          -- the same for as many, ordered by a year ago
    pool     INTEGER NOT NULL,                          -- employers to choose from
    pool_hit INTEGER NOT NULL,
    PRIMARY KEY (area, origin)
) /*sqlite:WITHOUT ROWID*/;

-- What came of asking an employer.
CREATE TABLE analysis_contact (
    employer_id BIGINT NOT NULL,
    made        INTEGER NOT NULL,                       -- the list it stood on
    result      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- wants, later, none, unreached
    note        TEXT NOT NULL,
    by_id       BIGINT NOT NULL,
    by_name     TEXT NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (employer_id, made)
) /*sqlite:WITHOUT ROWID*/;

-- Quarterly reports.
CREATE TABLE analysis_report (
    report_id    BIGINT NOT NULL PRIMARY KEY,
    area         TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    month        INTEGER NOT NULL,                       -- last month of its quarter that it knows
    edition      INTEGER NOT NULL,                       -- 1, 2 …: a correction is a new edition
    state        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- draft, waiting, published, replaced, dropped
    content      TEXT NOT NULL,                          -- JSON
    remark       TEXT NOT NULL,                          -- what people add to the text
    erratum      TEXT NOT NULL,                          -- why there is a new edition
    by_id        BIGINT NOT NULL,
    by_name      TEXT NOT NULL,
    checked_by   TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    published_at BIGINT NOT NULL,                        -- 0: not yet
    version      BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX analysis_report_area ON analysis_report (area, month, edition);
CREATE INDEX analysis_report_state ON analysis_report (state, published_at, report_id);
