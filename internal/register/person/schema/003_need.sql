-- +goose Up
-- What somebody said of ability, will, wishes and training, whom it was told and when: one row an answer, never overwritten.
CREATE TABLE person_need (
    person_id  BIGINT NOT NULL,
    key        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- idempotency key, made where the answer was written down
    asked      DATE NOT NULL,
    known_at   BIGINT NOT NULL,                        -- when it reached the register, unix ms
    source     TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- visit, desk, phone, self, list
    by_id      BIGINT NOT NULL,                        -- account; 0: not known
    by_name    TEXT NOT NULL,
    resident   BOOLEAN,                                -- lives here at present; NULL: not said
    able       BOOLEAN,                                -- able to work
    willing    BOOLEAN,                                -- wants to work or to change work
    train      BOOLEAN,                                -- wants training
    skill      TEXT NOT NULL,                          -- what somebody can do, in own words
    occupation TEXT NOT NULL,                          -- work wished for
    pay        BIGINT NOT NULL,                        -- wished for, fen a month, 0 not said
    place      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- where somebody would work, see person.NeedPlaces
    training   TEXT NOT NULL,                          -- what somebody wants to learn
    obstacle   TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- what stands in the way, see person.NeedObstacles
    doing      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- what somebody does at present, see person.NeedDoings
    doing_at   TEXT NOT NULL,                          -- where, in own words
    note       TEXT NOT NULL,
    PRIMARY KEY (person_id, key)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX person_need_asked ON person_need (asked, person_id);
