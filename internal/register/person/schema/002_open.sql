-- +goose Up
-- Who is registered unemployed today, among everybody who ever was: open registrations, and those that end later.
CREATE INDEX person_registration_until ON person_registration (until, since, person_id);
