-- +goose Up
CREATE TABLE audit_head (
    chain TEXT /*postgres:COLLATE "C"*/ NOT NULL PRIMARY KEY,
    seq   BIGINT NOT NULL, -- number of the last entry, from 1
    hash  BYTEA NOT NULL   -- its hash
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE audit_entry (
    chain     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    seq       BIGINT NOT NULL,
    at        BIGINT NOT NULL,                         -- unix ms
    actor_id  BIGINT NOT NULL,                         -- account, 0: the program itself
    actor     TEXT NOT NULL,                           -- name and role as they were
    act       TEXT /*postgres:COLLATE "C"*/ NOT NULL,  -- person.read, casework.visit …
    object    TEXT /*postgres:COLLATE "C"*/ NOT NULL,  -- person, employer …
    object_id BIGINT NOT NULL,
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL,  -- of the object
    what      TEXT NOT NULL,                           -- a sentence
    prev      BYTEA NOT NULL,
    hash      BYTEA NOT NULL,
    PRIMARY KEY (chain, seq)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX audit_entry_object ON audit_entry (object, object_id, at);
CREATE INDEX audit_entry_at ON audit_entry (at);
