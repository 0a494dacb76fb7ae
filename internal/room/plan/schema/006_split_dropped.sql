-- +goose Up
-- A decomposition that was given up is none that is under way.
DROP INDEX plan_split_open;
CREATE UNIQUE INDEX plan_split_open ON plan_split (area, indicator, year) WHERE state IN ('asked', 'waiting');

-- +goose Down
DROP INDEX plan_split_open;
CREATE UNIQUE INDEX plan_split_open ON plan_split (area, indicator, year) WHERE state <> 'final' AND state <> 'dropped';
