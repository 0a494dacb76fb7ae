-- +goose Up
-- Reference table: small, read by every request.
CREATE TABLE account (
    account_id    BIGINT NOT NULL PRIMARY KEY,
    login         TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- lower case
    name          TEXT NOT NULL,
    role          TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- officer, manager, seeker, employer, admin
    area          TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- the subtree it reaches
    person_id     BIGINT NOT NULL,                        -- of a seeker, else 0
    employer_id   BIGINT NOT NULL,                        -- of an employer, else 0
    password_hash TEXT NOT NULL,                          -- argon2id with its parameters
    epoch         BIGINT NOT NULL,                        -- sessions of an earlier epoch have ended
    disabled      BOOLEAN NOT NULL,
    created_at    BIGINT NOT NULL,
    signed_in_at  BIGINT NOT NULL,
    version       BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX account_login ON account (login);
CREATE INDEX account_area ON account (area, account_id);

-- Wrong passwords in a row, by login (known or not) and by network address.
CREATE TABLE account_attempt (
    kind         TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- login, address
    name         TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    failed       INTEGER NOT NULL,
    since        BIGINT NOT NULL, -- when the row of failures began
    last_at      BIGINT NOT NULL,
    locked_until BIGINT NOT NULL,
    PRIMARY KEY (kind, name)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE account_session (
    token      TEXT /*postgres:COLLATE "C"*/ NOT NULL PRIMARY KEY, -- hash of the cookie
    data       BYTEA NOT NULL,
    expires_at BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX account_session_expires ON account_session (expires_at);
