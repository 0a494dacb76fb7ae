-- +goose Up
CREATE TABLE employer (
    employer_id BIGINT NOT NULL PRIMARY KEY,
    credit_code TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    name        TEXT NOT NULL,
    kind        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- enterprise, individual, institution, organisation
    industry    TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- GB/T 4754, section letter and division: C26
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    opened      DATE,                                   -- NULL: known from another department's row only
    founder_id  BIGINT NOT NULL,                        -- legal representative, 0 when not in the register
    staff       INTEGER NOT NULL,                       -- as the unit reported
    phone       TEXT NOT NULL,
    updated_at  BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX employer_area ON employer (area, employer_id);
CREATE INDEX employer_founder ON employer (founder_id, employer_id);

CREATE TABLE employer_identity (
    credit_code TEXT /*postgres:COLLATE "C"*/ NOT NULL PRIMARY KEY,
    employer_id BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;

-- Vacancies (岗位) as collected from employers and departments.
CREATE TABLE employer_vacancy (
    employer_id BIGINT NOT NULL,
    vacancy_id  BIGINT NOT NULL,
    title       TEXT NOT NULL,
    occupation  TEXT NOT NULL,
    openings    INTEGER NOT NULL,
    pay_low     BIGINT NOT NULL,  -- fen a month
    pay_high    BIGINT NOT NULL,
    education   SMALLINT NOT NULL, -- lowest accepted, GB/T 4658 tens, 0 none asked
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    contract    INTEGER NOT NULL, -- months, 999 without end
    posted      DATE NOT NULL,
    closes      DATE NOT NULL,
    benefits    TEXT NOT NULL,
    state       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- open, closed
    version     BIGINT NOT NULL,
    PRIMARY KEY (employer_id, vacancy_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX employer_vacancy_area ON employer_vacancy (state, area, vacancy_id);
CREATE INDEX employer_vacancy_id ON employer_vacancy (vacancy_id);
