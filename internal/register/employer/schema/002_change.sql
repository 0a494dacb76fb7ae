-- +goose Up
-- The change feed: one row for each write, holding every employer that it touched (see package feed).
CREATE TABLE employer_change (
    change_id BIGINT NOT NULL PRIMARY KEY,            -- db.Stamp
    what      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- new, employer, removed
    employers BYTEA NOT NULL                          -- their ids, rising, as differences (varint)
) /*sqlite:WITHOUT ROWID*/;
