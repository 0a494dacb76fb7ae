-- +goose Up
-- Of the employers listed, and of all, how many took on three or more.
ALTER TABLE analysis_trial ADD COLUMN many INTEGER NOT NULL DEFAULT 0;
ALTER TABLE analysis_trial ADD COLUMN pool_many INTEGER NOT NULL DEFAULT 0;
