-- +goose Up
-- The board adds up a region's milestones by unit along this index alone.
CREATE INDEX supervise_milestone_tally ON supervise_milestone (area, unit_id, state, due, stage);
