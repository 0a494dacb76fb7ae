-- +goose Up
-- Wordings of policies that were written here. What the program brings is version 1 and stands in no table.
CREATE TABLE policy_version (
    policy_id  TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    version    BIGINT NOT NULL,
    state      TEXT NOT NULL,     -- draft, waiting, reviewed, published, withdrawn
    subject    TEXT NOT NULL,
    name       TEXT NOT NULL,
    text       TEXT NOT NULL,     -- yaml
    cases      TEXT NOT NULL,     -- yaml
    from_day   DATE NOT NULL,     -- first day in force
    until_day  DATE,              -- of a withdrawn one: first day out of force
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    author_id  BIGINT NOT NULL,
    author     TEXT NOT NULL,
    reviewer   TEXT NOT NULL,
    publisher  TEXT NOT NULL,
    made       BIGINT NOT NULL,   -- unix ms
    changed    BIGINT NOT NULL,
    row_version BIGINT NOT NULL,
    PRIMARY KEY (policy_id, version)
) /*sqlite:WITHOUT ROWID*/;

-- Values of parameters that were set here, each agreed to by a second person. Rows are added only.
CREATE TABLE policy_parameter (
    setting_id BIGINT NOT NULL PRIMARY KEY,
    name       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    from_day   DATE NOT NULL,
    class      TEXT NOT NULL,     -- empty: of every class
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- beginning of area codes; empty: everywhere
    value      TEXT NOT NULL,
    source     TEXT NOT NULL,
    by_name    TEXT NOT NULL,
    approver   TEXT NOT NULL,
    at         BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX policy_parameter_name ON policy_parameter (name, setting_id);
