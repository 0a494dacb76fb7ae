-- +goose Up
-- What came of the recommendations of one night within 60 days, by league and by rule: as it was shown, by the plan alone, at random, and plan less random.
CREATE TABLE jobs_judged (
    day     DATE NOT NULL, -- of the night's run
    league  TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    rule    TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    outcome TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- applied, hired
    people  INTEGER NOT NULL, -- to whom something was shown
    events  INTEGER NOT NULL, -- of what was shown to them
    total   BIGINT NOT NULL,  -- millionths: estimated outcomes of these people under the rule
    squares BIGINT NOT NULL,  -- millionths: of the single people's, for the interval
    PRIMARY KEY (day, league, rule, outcome)
) /*sqlite:WITHOUT ROWID*/;
