-- +goose Up
-- Of one target one decomposition is under way at a time. Where two had been begun at once, the first one stays.
DELETE FROM plan_share WHERE split_id IN (SELECT s.split_id FROM plan_split s JOIN plan_split o
    ON o.area = s.area AND o.indicator = s.indicator AND o.year = s.year AND o.state <> 'final' AND o.split_id < s.split_id WHERE s.state <> 'final');
DELETE FROM plan_split WHERE split_id IN (SELECT s.split_id FROM plan_split s JOIN plan_split o
    ON o.area = s.area AND o.indicator = s.indicator AND o.year = s.year AND o.state <> 'final' AND o.split_id < s.split_id WHERE s.state <> 'final');
CREATE UNIQUE INDEX plan_split_open ON plan_split (area, indicator, year) WHERE state <> 'final';

-- +goose Down
DROP INDEX plan_split_open;
