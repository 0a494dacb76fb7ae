-- +goose Up
-- The change feed: a log with one row for each write, holding everybody whom it touched. One row for each person was
-- tried: it made an import take twice as long.
CREATE TABLE person_change (
    change_id BIGINT NOT NULL PRIMARY KEY,            -- db.Stamp
    what      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- person, registration, insurance, spell, group, …
    people    BYTEA NOT NULL                          -- their ids, rising, as differences (varint)
) /*sqlite:WITHOUT ROWID*/;
