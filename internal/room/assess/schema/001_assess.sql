-- +goose Up
-- Employment impact assessments of policies, projects, investments and closures.
CREATE TABLE assess_case (
    case_id     BIGINT NOT NULL PRIMARY KEY,
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- region, league or banner
    kind        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- policy, project, investment, exit
    title       TEXT NOT NULL,
    unit        TEXT NOT NULL,                          -- responsible unit
    industry    TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- GB/T 4754 section letter and division; '': none
    invest      BIGINT NOT NULL,                        -- fen
    starts      DATE NOT NULL,
    ends        DATE,
    document    TEXT NOT NULL,                          -- source
    summary     TEXT NOT NULL,
    employer_id BIGINT NOT NULL,                        -- 0: none in the register
    lost        BIGINT NOT NULL,                        -- posts that end, as stated
    conditions  TEXT NOT NULL,                          -- JSON: answers on working conditions
    state       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- draft, waiting, concluded, published
    lights      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- four grades, by commas
    permanent   BIGINT NOT NULL,                        -- lasting posts, as stated
    result      TEXT NOT NULL,                          -- JSON: the sums with their sources; '': not done yet
    verdict     TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- proceed, conditional, reconsider
    conclusion  TEXT NOT NULL,
    by_id       BIGINT NOT NULL,
    by_name     TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    concluder   TEXT NOT NULL,
    conclude_on DATE,
    publish_on  DATE,
    version     BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX assess_case_area ON assess_case (area, case_id);
CREATE INDEX assess_case_public ON assess_case (publish_on, case_id);

-- Posts that come into being, one row a sort.
CREATE TABLE assess_line (
    case_id    BIGINT NOT NULL,
    line_id    BIGINT NOT NULL,
    occupation TEXT NOT NULL,
    education  SMALLINT NOT NULL,                      -- lowest accepted, GB/T 4658 tens; 0 none asked
    place      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    people     BIGINT NOT NULL,
    temporary  BOOLEAN NOT NULL,
    months     INTEGER NOT NULL,                       -- of the contract; 0 none, 999 without end
    insured    BOOLEAN NOT NULL,
    pay        BIGINT NOT NULL,                        -- fen a month
    PRIMARY KEY (case_id, line_id)
) /*sqlite:WITHOUT ROWID*/;

-- What other departments say.
CREATE TABLE assess_opinion (
    case_id    BIGINT NOT NULL,
    opinion_id BIGINT NOT NULL,
    department TEXT NOT NULL,
    stance     TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- agrees, changes, against
    body       TEXT NOT NULL,
    document   TEXT NOT NULL,                          -- number of its letter
    by_id      BIGINT NOT NULL,
    by_name    TEXT NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (case_id, opinion_id)
) /*sqlite:WITHOUT ROWID*/;

-- What softens an effect, who does it and by when.
CREATE TABLE assess_measure (
    case_id    BIGINT NOT NULL,
    measure_id BIGINT NOT NULL,
    dimension  TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    body       TEXT NOT NULL,
    unit       TEXT NOT NULL,
    to_area    TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    work_days  INTEGER NOT NULL,
    task_id    BIGINT NOT NULL,                        -- 0: not handed out yet
    done_on    DATE,
    outcome    TEXT NOT NULL,
    PRIMARY KEY (case_id, measure_id)
) /*sqlite:WITHOUT ROWID*/;

-- Policies that stand behind a case, or find the units that it concerns.
CREATE TABLE assess_policy (
    case_id   BIGINT NOT NULL,
    policy_id TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    PRIMARY KEY (case_id, policy_id)
) /*sqlite:WITHOUT ROWID*/;

-- Estimate against what came of it. Rows are never changed.
CREATE TABLE assess_followup (
    case_id  BIGINT NOT NULL,
    months   INTEGER NOT NULL,                         -- 6, 12
    on_day   DATE NOT NULL,
    estimate BIGINT NOT NULL,
    low      BIGINT NOT NULL,
    high     BIGINT NOT NULL,
    actual   BIGINT NOT NULL,
    counted  BOOLEAN NOT NULL,                         -- from the register
    source   TEXT NOT NULL,
    by_name  TEXT NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (case_id, months)
) /*sqlite:WITHOUT ROWID*/;

-- Thresholds, factors and standards. Rows are only added, so the table is the history.
CREATE TABLE assess_parameter (
    setting_id BIGINT NOT NULL PRIMARY KEY,
    code       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    from_day   DATE NOT NULL,
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    key        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- section of industry; '': all
    value      BIGINT NOT NULL,
    source     TEXT NOT NULL,
    by_name    TEXT NOT NULL,
    approver   TEXT NOT NULL,
    at         BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX assess_parameter_code ON assess_parameter (code, from_day, setting_id);
