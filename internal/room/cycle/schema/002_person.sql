-- +goose Up
-- Whom of the register of people a case is about; 0: nobody of it.
ALTER TABLE cycle_case ADD COLUMN person_id BIGINT NOT NULL DEFAULT 0;
CREATE INDEX cycle_case_person ON cycle_case (person_id);
