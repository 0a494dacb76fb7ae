-- +goose Up
-- What an advert says beyond its title and pay, and where it came from.
ALTER TABLE employer_vacancy ADD COLUMN code TEXT /*postgres:COLLATE "C"*/ NOT NULL DEFAULT '';       -- occupation, classification of 2022: 6-18-02-04; '' not coded
ALTER TABLE employer_vacancy ADD COLUMN body TEXT NOT NULL DEFAULT '';                                -- the advert's text
ALTER TABLE employer_vacancy ADD COLUMN experience SMALLINT NOT NULL DEFAULT 0;                       -- months asked for
ALTER TABLE employer_vacancy ADD COLUMN hours TEXT /*postgres:COLLATE "C"*/ NOT NULL DEFAULT '';      -- kind of working time: Hours
ALTER TABLE employer_vacancy ADD COLUMN pay_unit TEXT /*postgres:COLLATE "C"*/ NOT NULL DEFAULT '';      -- as offered: month, day, hour, year, piece; '' month
ALTER TABLE employer_vacancy ADD COLUMN pay_months SMALLINT NOT NULL DEFAULT 0;                       -- monthly amounts a year; 0: 12
ALTER TABLE employer_vacancy ADD COLUMN skills TEXT NOT NULL DEFAULT '';                              -- words with blanks between
ALTER TABLE employer_vacancy ADD COLUMN friendly TEXT /*postgres:COLLATE "C"*/ NOT NULL DEFAULT '';   -- groups welcomed, keys with blanks between: Friendly
ALTER TABLE employer_vacancy ADD COLUMN contact TEXT NOT NULL DEFAULT '';                             -- how to reach the employer, as the advert says
ALTER TABLE employer_vacancy ADD COLUMN source TEXT /*postgres:COLLATE "C"*/ NOT NULL DEFAULT '';     -- '' the employer itself; else who delivered it
ALTER TABLE employer_vacancy ADD COLUMN source_key TEXT /*postgres:COLLATE "C"*/ NOT NULL DEFAULT ''; -- its number or address there
ALTER TABLE employer_vacancy ADD COLUMN confirmed DATE;                                               -- last day the employer said it is still open; NULL never asked
CREATE INDEX employer_vacancy_source ON employer_vacancy (source, source_key);
CREATE INDEX employer_vacancy_posted ON employer_vacancy (state, posted, vacancy_id);
