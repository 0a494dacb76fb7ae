-- +goose Up
-- Leagues that an unfinished run of matching has done, so that a stopped run goes on where it was, and several machines share one.
CREATE TABLE jobs_match_part (
    run       BIGINT NOT NULL,
    league    TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    people    INTEGER NOT NULL,
    matched   INTEGER NOT NULL,
    pairs     INTEGER NOT NULL,
    vacancies INTEGER NOT NULL,
    openings  INTEGER NOT NULL,
    crowded   INTEGER NOT NULL,
    PRIMARY KEY (run, league)
) /*sqlite:WITHOUT ROWID*/;

-- Changes of occupation that the register has seen, by code; counted anew every week.
CREATE TABLE jobs_move (
    from_code TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    to_code   TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    people    BIGINT NOT NULL,
    PRIMARY KEY (from_code, to_code)
) /*sqlite:WITHOUT ROWID*/;
CREATE TABLE jobs_move_counted (
    version BIGINT NOT NULL PRIMARY KEY, -- rising; the last row is the table's
    day     DATE NOT NULL
) /*sqlite:WITHOUT ROWID*/;
