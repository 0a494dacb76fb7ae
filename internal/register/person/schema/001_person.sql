-- +goose Up
CREATE TABLE person (
    person_id    BIGINT NOT NULL PRIMARY KEY,
    name         TEXT NOT NULL,
    name_key     TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- name without interpuncts and blanks, for searching
    sex          SMALLINT NOT NULL,                      -- 1 male, 2 female
    birth        DATE NOT NULL,
    ethnic       TEXT NOT NULL,                          -- GB 3304, two digits
    education    SMALLINT NOT NULL,                      -- GB/T 4658 tens: 10 20 30 40 60 70 80 90, 0 not known
    id_seal      BYTEA NOT NULL,
    phone_seal   BYTEA,
    area         TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- where the person lives, 12 digits
    rural        BOOLEAN NOT NULL,                       -- holds an agricultural household registration
    household_id BIGINT NOT NULL,
    relation     TEXT NOT NULL,                          -- to the head of the household
    student      BOOLEAN NOT NULL,
    able         BOOLEAN,                                -- able to work; NULL: nobody has asked
    willing      BOOLEAN,                                -- wants to work; NULL: nobody has asked
    version      BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX person_area ON person (area, person_id);
CREATE INDEX person_household ON person (household_id);
CREATE INDEX person_name ON person (name_key, person_id);

-- Uniqueness that is not on the owner's id: the keyed hash of an ID number or phone → person.
CREATE TABLE person_identity (
    kind      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- id, phone
    hash      BYTEA NOT NULL,
    person_id BIGINT NOT NULL,
    PRIMARY KEY (kind, hash)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE household (
    household_id BIGINT NOT NULL PRIMARY KEY,
    number       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- 户号
    area         TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    rural        BOOLEAN NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX household_area ON household (area, household_id);
CREATE TABLE household_identity (
    number       TEXT /*postgres:COLLATE "C"*/ NOT NULL PRIMARY KEY,
    household_id BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE person_registration (
    person_id  BIGINT NOT NULL,
    since      DATE NOT NULL,
    until      DATE,
    reason     TEXT NOT NULL,             -- why it began
    outcome    TEXT NOT NULL,             -- why it ended: 就业, 退休, …
    occupation TEXT NOT NULL,             -- wished for
    pay        BIGINT NOT NULL,           -- wished for, fen a month, 0 not said
    PRIMARY KEY (person_id, since)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX person_registration_since ON person_registration (since, person_id);

CREATE TABLE person_insurance (
    person_id   BIGINT NOT NULL,
    kind        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- pension, resident, unemployment, flexible
    employer_id BIGINT NOT NULL,                        -- 0: none
    from_month  INTEGER NOT NULL,                       -- 202501
    to_month    INTEGER,                                -- last month paid; NULL: still paying
    PRIMARY KEY (person_id, kind, employer_id, from_month)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX person_insurance_employer ON person_insurance (employer_id, person_id);

CREATE TABLE person_spell (
    person_id   BIGINT NOT NULL,
    since       DATE NOT NULL,
    kind        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- unit, flexible, self, post, transfer
    employer_id BIGINT NOT NULL,                        -- 0: none
    until       DATE,
    urban       BOOLEAN NOT NULL,
    newform     BOOLEAN NOT NULL,                       -- a new form of employment (platform work)
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- of the workplace; may lie outside the region
    contract    INTEGER NOT NULL,                       -- months; 0 none, 999 without end
    occupation  TEXT NOT NULL,
    PRIMARY KEY (person_id, since, kind, employer_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX person_spell_since ON person_spell (since, person_id);
CREATE INDEX person_spell_employer ON person_spell (employer_id, person_id);

CREATE TABLE person_key_group (
    person_id BIGINT NOT NULL,
    kind      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- hard, lowincome, veteran, disabled, outofpoverty
    since     DATE NOT NULL,
    until     DATE,
    detail    TEXT NOT NULL,                          -- category, degree, kind of settlement …
    PRIMARY KEY (person_id, kind, since)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX person_key_group_kind ON person_key_group (kind, person_id);

CREATE TABLE person_graduate (
    person_id BIGINT NOT NULL,
    graduated DATE NOT NULL,
    school    TEXT NOT NULL,
    degree    SMALLINT NOT NULL,
    major     TEXT NOT NULL,
    PRIMARY KEY (person_id, graduated)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE person_training (
    person_id  BIGINT NOT NULL,
    class      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    since      DATE NOT NULL,
    until      DATE NOT NULL,
    hours      INTEGER NOT NULL,
    subsidised BOOLEAN NOT NULL,
    occupation TEXT NOT NULL,
    PRIMARY KEY (person_id, class)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX person_training_until ON person_training (until, person_id);

CREATE TABLE person_certificate (
    person_id  BIGINT NOT NULL,
    issued     DATE NOT NULL,
    level      SMALLINT NOT NULL, -- 1 senior technician, 2 technician, 3 senior worker, 4 middle, 5 junior
    occupation TEXT NOT NULL,
    PRIMARY KEY (person_id, issued, level)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE person_survey (
    person_id BIGINT NOT NULL,
    month     INTEGER NOT NULL,
    status    SMALLINT NOT NULL, -- 1 employed, 2 unemployed, 3 not in the labour force
    urban     BOOLEAN NOT NULL,
    PRIMARY KEY (person_id, month)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX person_survey_month ON person_survey (month, person_id);
