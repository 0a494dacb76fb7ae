-- +goose Up
-- What officers have put right about titles' occupations. The list is data of the coder: the rows in force, in their order.
CREATE TABLE jobs_coding (
    version  BIGINT NOT NULL PRIMARY KEY, -- rising
    title    TEXT NOT NULL,
    code     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    by_id    BIGINT NOT NULL,
    by_name  TEXT NOT NULL,
    at       BIGINT NOT NULL,
    undone   BIGINT NOT NULL -- version of the list at which it was taken back; 0: in force
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX jobs_coding_undone ON jobs_coding (undone, version);
