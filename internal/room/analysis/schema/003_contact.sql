-- +goose Up
-- What was said at a visit may name people: it is sealed.
ALTER TABLE analysis_contact DROP COLUMN note;
ALTER TABLE analysis_contact ADD COLUMN said BYTEA;
