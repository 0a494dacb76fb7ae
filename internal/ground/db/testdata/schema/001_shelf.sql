-- +goose Up
CREATE TABLE shelf (
    person_id BIGINT NOT NULL PRIMARY KEY,
    code      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    day       DATE,
    seal      BYTEA,
    yes       BOOLEAN NOT NULL
) /*sqlite:WITHOUT ROWID*/;
