-- +goose Up
-- Keyed hash of the ID number in a rejected row, by which it is found when the person's data are anonymised; empty: the row has no
-- valid number, NULL: nobody has looked yet (rows of before; the nightly task looks).
ALTER TABLE intake_reject ADD COLUMN who BYTEA;
CREATE INDEX intake_reject_who ON intake_reject (who);
-- When the rejected rows of a batch were emptied because nobody mends them any more; 0: not yet.
ALTER TABLE intake_batch ADD COLUMN emptied_at BIGINT NOT NULL DEFAULT 0;
