-- +goose Up
-- Rows of one person are found again when the person's data are anonymised.
CREATE INDEX intake_review_person ON intake_review (person_id);
