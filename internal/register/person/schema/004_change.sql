-- +goose Up
-- The change feed: one row for each person, with the last change. What it was matters less than that there was one.
CREATE TABLE person_change (
    person_id BIGINT NOT NULL PRIMARY KEY,
    change_id BIGINT NOT NULL,                        -- db.Stamp: unix microseconds; people of one write share it
    what      TEXT /*postgres:COLLATE "C"*/ NOT NULL -- person, registration, insurance, spell, group, …
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX person_change_order ON person_change (change_id, person_id);
