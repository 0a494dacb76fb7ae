-- +goose Up
-- The change feed of vacancies: one row for each write, holding every vacancy that it touched (see package feed).
CREATE TABLE employer_vacancy_change (
    change_id BIGINT NOT NULL PRIMARY KEY,            -- db.Stamp
    what      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- vacancy, removed
    vacancies BYTEA NOT NULL                          -- their ids, rising, as differences (varint)
) /*sqlite:WITHOUT ROWID*/;
