-- +goose Up
-- Employers that an outside advert names and the register does not know (待核实): reached by their normalised name within a
-- league. Once the unit is known by its credit code, the name leads to the register's employer.
CREATE TABLE employer_name (
    league      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- area code of four digits
    name_key    TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- NameKey of the name
    employer_id BIGINT NOT NULL,
    PRIMARY KEY (league, name_key)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX employer_name_employer ON employer_name (employer_id, league, name_key);
CREATE INDEX employer_kind ON employer (kind, area, employer_id);
