-- +goose Up
-- An uploaded plan document as it was read: its text and what a careful reader would ask (JSON).
CREATE TABLE plan_document (
    plan    TEXT /*postgres:COLLATE "C"*/ NOT NULL PRIMARY KEY,
    area    TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    draft   TEXT NOT NULL,
    at      BIGINT NOT NULL,
    by_name TEXT NOT NULL
) /*sqlite:WITHOUT ROWID*/;

-- What it proposes, as corrected so far (JSON).
CREATE TABLE plan_proposal (
    plan TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    no   INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (plan, no)
) /*sqlite:WITHOUT ROWID*/;

-- +goose Down
DROP TABLE plan_proposal;
DROP TABLE plan_document;
