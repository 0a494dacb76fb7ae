-- +goose Up
-- Whose data are due some years after their death.
CREATE INDEX person_died ON person (person_id) WHERE died IS NOT NULL;
