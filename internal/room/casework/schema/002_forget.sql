-- +goose Up
-- Cases named after a person are found again when the person's data are anonymised, also after a move to another household.
CREATE INDEX casework_case_person ON casework_case (person_id);
