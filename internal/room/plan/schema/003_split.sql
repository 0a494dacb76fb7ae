-- +goose Up
-- A target decomposed to the areas one level down (指标分解).
CREATE TABLE plan_split (
    split_id  BIGINT NOT NULL PRIMARY KEY,
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    plan      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    indicator TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    year      INTEGER NOT NULL,
    total     BIGINT NOT NULL,                        -- the target, as kept
    rule      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- "50/30/20": population, result of the base year, labour force, in percent
    round     INTEGER NOT NULL,
    state     TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- asked, waiting (for approval), final
    at        BIGINT NOT NULL,
    by_name   TEXT NOT NULL,
    version   BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX plan_split_area ON plan_split (area, indicator, split_id);

-- What each area was offered in each round, and what it said.
CREATE TABLE plan_share (
    split_id   BIGINT NOT NULL,
    round      INTEGER NOT NULL,
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    task_id    BIGINT NOT NULL,                        -- names the assignment that asks for the answer
    offered    BIGINT NOT NULL,
    why        TEXT NOT NULL,                          -- of the one who offers
    answer     TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- '', agree, object
    wanted     BIGINT NOT NULL,
    reason     TEXT NOT NULL,
    at         BIGINT NOT NULL,
    by_name    TEXT NOT NULL,
    PRIMARY KEY (split_id, round, area)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX plan_share_area ON plan_share (area, split_id);

-- +goose Down
DROP TABLE plan_share;
DROP TABLE plan_split;
