-- +goose Up
-- Whether the auction dealt this recommendation out, or it fills the list up from the person's own best.
ALTER TABLE jobs_match ADD COLUMN dealt SMALLINT NOT NULL DEFAULT 0;

-- What a run left over by banner and occupation, for training: people without a recommendation, openings without people.
CREATE TABLE jobs_residual (
    run        BIGINT NOT NULL,
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- banner, 6 digits; "" when not known
    occupation TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- code of 2022; "" when not known
    seekers    INTEGER NOT NULL,
    without    INTEGER NOT NULL, -- of these, without any recommendation
    openings   INTEGER NOT NULL,
    unsought   INTEGER NOT NULL, -- of these, nobody was sent to
    unfilled   INTEGER NOT NULL, -- hundredths: openings that stay open on average
    PRIMARY KEY (run, area, occupation)
) /*sqlite:WITHOUT ROWID*/;

-- The first places of people's lists as they were shown, with how probable that was: what came of them tells later how another policy would have done.
CREATE TABLE jobs_exposure (
    person_id   BIGINT NOT NULL,
    run         BIGINT NOT NULL,
    place       SMALLINT NOT NULL, -- 1 to 3
    vacancy_id  BIGINT NOT NULL,
    day         DATE NOT NULL,
    policy      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- version of what decided
    probability INTEGER NOT NULL, -- millionths: that this pair stood among the first places
    PRIMARY KEY (person_id, run, place)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX jobs_exposure_day ON jobs_exposure (day);
