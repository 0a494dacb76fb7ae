-- +goose Up
-- What somebody said last of a purpose, and everything said of it before.
CREATE TABLE rights_consent (
    person_id BIGINT NOT NULL,
    purpose   TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    allowed   BOOLEAN NOT NULL,
    at        BIGINT NOT NULL,                        -- unix ms
    channel   TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- self, window, phone, paper, registration
    by_id     BIGINT NOT NULL,
    by_name   TEXT NOT NULL,
    note      TEXT NOT NULL,
    PRIMARY KEY (person_id, purpose)
) /*sqlite:WITHOUT ROWID*/;
CREATE TABLE rights_consent_said (
    person_id BIGINT NOT NULL,
    said_id   BIGINT NOT NULL,
    purpose   TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    allowed   BOOLEAN NOT NULL,
    at        BIGINT NOT NULL,
    channel   TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    by_id     BIGINT NOT NULL,
    by_name   TEXT NOT NULL,
    note      TEXT NOT NULL,
    PRIMARY KEY (person_id, said_id)
) /*sqlite:WITHOUT ROWID*/;

-- Evidence for a correction.
CREATE TABLE rights_file (
    person_id BIGINT NOT NULL,
    file_id   BIGINT NOT NULL,
    type      TEXT NOT NULL,                          -- application/pdf, image/jpeg, image/png
    size      BIGINT NOT NULL,                        -- bytes
    at        BIGINT NOT NULL,
    content   BYTEA NOT NULL,                         -- sealed
    PRIMARY KEY (person_id, file_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX rights_file_id ON rights_file (file_id);

-- Whose data are due, told to them, and what became of it.
CREATE TABLE rights_notice (
    person_id  BIGINT NOT NULL,
    notice_id  BIGINT NOT NULL,
    rule       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- retention.yaml
    state      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- noticed, proposed, done, back, kept
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    since      DATE NOT NULL,                          -- from when the rule counts for this person
    noticed_on DATE NOT NULL,
    due_on     DATE NOT NULL,                          -- not anonymised before
    ended_on   DATE,
    request_id BIGINT NOT NULL,                        -- approval; 0: not asked for yet
    why        TEXT NOT NULL,                          -- how it ended
    PRIMARY KEY (person_id, notice_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX rights_notice_open ON rights_notice (person_id) WHERE state IN ('noticed', 'proposed');
CREATE INDEX rights_notice_due ON rights_notice (state, due_on, person_id);
CREATE INDEX rights_notice_area ON rights_notice (state, area, due_on, notice_id);
