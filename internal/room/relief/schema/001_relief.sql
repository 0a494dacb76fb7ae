-- +goose Up
CREATE TABLE relief_project (
    project_id  BIGINT NOT NULL PRIMARY KEY,
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    owner       TEXT NOT NULL,
    employer_id BIGINT NOT NULL, -- 0: not in the register
    title       TEXT NOT NULL,
    investment  BIGINT NOT NULL, -- fen
    pay         BIGINT NOT NULL, -- fen
    people      BIGINT NOT NULL,
    local_n     BIGINT NOT NULL,
    starts      DATE NOT NULL,
    ends        DATE NOT NULL,
    pay_day     BIGINT NOT NULL,
    state       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    done        BIGINT NOT NULL, -- per cent
    spent       BIGINT NOT NULL, -- fen
    by_name     TEXT NOT NULL,
    version     BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX relief_project_area ON relief_project (area, state, project_id);

CREATE TABLE relief_step (
    project_id BIGINT NOT NULL,
    step_id    BIGINT NOT NULL,
    day        DATE NOT NULL,
    text       TEXT NOT NULL,
    by_name    TEXT NOT NULL,
    PRIMARY KEY (project_id, step_id)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE relief_worker (
    person_id  BIGINT NOT NULL,
    project_id BIGINT NOT NULL,
    job        TEXT NOT NULL,
    since      DATE NOT NULL,
    until_day  DATE,
    is_local   BIGINT NOT NULL,
    by_name    TEXT NOT NULL,
    PRIMARY KEY (person_id, project_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX relief_worker_project ON relief_worker (project_id, person_id);

-- Wages as the project's owner reports them.
CREATE TABLE relief_pay (
    person_id  BIGINT NOT NULL,
    project_id BIGINT NOT NULL,
    month      BIGINT NOT NULL, -- 202509
    due        BIGINT NOT NULL, -- fen
    paid       BIGINT NOT NULL,
    paid_on    DATE,
    PRIMARY KEY (person_id, project_id, month)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX relief_pay_project ON relief_pay (project_id, month, person_id);

CREATE TABLE relief_hospital (
    hospital_id BIGINT NOT NULL PRIMARY KEY,
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    name        TEXT NOT NULL,
    address     TEXT NOT NULL,
    phone       TEXT NOT NULL,
    employer_id BIGINT NOT NULL,
    valid_from  DATE NOT NULL,
    valid_until DATE NOT NULL,
    by_name     TEXT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX relief_hospital_area ON relief_hospital (area, hospital_id);

-- Of a check: class of occupation, fit or unfit, validity. Nothing else.
CREATE TABLE relief_check (
    person_id   BIGINT NOT NULL,
    check_id    BIGINT NOT NULL,
    hospital_id BIGINT NOT NULL,
    class       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    day         DATE NOT NULL,
    fit         BIGINT NOT NULL,
    valid_until DATE NOT NULL,
    by_name     TEXT NOT NULL,
    PRIMARY KEY (person_id, check_id)
) /*sqlite:WITHOUT ROWID*/;

-- Codes by which units may see a check, as long as the person lets them.
CREATE TABLE relief_show (
    code        TEXT /*postgres:COLLATE "C"*/ NOT NULL PRIMARY KEY,
    person_id   BIGINT NOT NULL,
    check_id    BIGINT NOT NULL,
    valid_until DATE NOT NULL,
    ended       BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX relief_show_person ON relief_show (person_id, code);

CREATE TABLE relief_look (
    person_id BIGINT NOT NULL,
    look_id   BIGINT NOT NULL,
    check_id  BIGINT NOT NULL,
    by_name   TEXT NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (person_id, look_id)
) /*sqlite:WITHOUT ROWID*/;
