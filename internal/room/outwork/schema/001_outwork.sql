-- +goose Up
-- Labour cooperation.
CREATE TABLE outwork_agreement (
    agreement_id BIGINT NOT NULL PRIMARY KEY,
    area         TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- our side
    kind         TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- jingmeng, jimeng, league, other
    partner      TEXT NOT NULL,                          -- may lie outside the region
    partner_code TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- GB/T 2260, as written; '' not known
    number       TEXT NOT NULL,
    signed       DATE NOT NULL,
    until        DATE NOT NULL,
    contacts     BYTEA NOT NULL,                         -- sealed
    promised     INTEGER NOT NULL,                       -- people a year
    note         TEXT NOT NULL,
    by_name      TEXT NOT NULL,
    version      BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX outwork_agreement_area ON outwork_agreement (area, until, agreement_id);

-- Labour brokers (劳务经纪人).
CREATE TABLE outwork_broker (
    broker_id BIGINT NOT NULL PRIMARY KEY,
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    name      TEXT NOT NULL,
    phone     BYTEA NOT NULL,                         -- sealed
    mark      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- A, B, C, D
    why       TEXT NOT NULL,
    marked_on DATE NOT NULL,
    since     DATE NOT NULL,
    by_name   TEXT NOT NULL,
    version   BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX outwork_broker_area ON outwork_broker (area, broker_id);

-- Batches of demand.
CREATE TABLE outwork_batch (
    batch_id     BIGINT NOT NULL PRIMARY KEY,
    area         TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- who answers for it
    source       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- agreement, employer, broker
    agreement_id BIGINT NOT NULL,                        -- 0: none
    employer_id  BIGINT NOT NULL,
    broker_id    BIGINT NOT NULL,
    unit         TEXT NOT NULL,                          -- for whom people will work
    title        TEXT NOT NULL,
    occupation   TEXT NOT NULL,
    need         INTEGER NOT NULL,
    pay_low      BIGINT NOT NULL,                        -- fen a month
    pay_high     BIGINT NOT NULL,
    place        TEXT NOT NULL,
    place_code   TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- inside the region; '' outside
    conditions   TEXT NOT NULL,
    paid         TEXT NOT NULL,                          -- what the employer pays besides wages
    travel       TEXT NOT NULL,
    from_day     DATE NOT NULL,
    to_day       DATE NOT NULL,
    answers      TEXT NOT NULL,                          -- who answers questions
    state        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- asked, open, closed, cancelled
    reason       TEXT NOT NULL,
    at           BIGINT NOT NULL,
    by_name      TEXT NOT NULL,
    version      BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX outwork_batch_area ON outwork_batch (area, batch_id);
CREATE INDEX outwork_batch_state ON outwork_batch (state, batch_id);
CREATE INDEX outwork_batch_agreement ON outwork_batch (agreement_id, batch_id);
CREATE INDEX outwork_batch_employer ON outwork_batch (employer_id, batch_id);

-- Numbers passed down.
CREATE TABLE outwork_share (
    batch_id  BIGINT NOT NULL,
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    from_area TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    number    INTEGER NOT NULL,
    task_id   BIGINT NOT NULL,
    result    TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- '': not answered yet
    answered  INTEGER NOT NULL,                       -- people of the area in the batch when it answered
    PRIMARY KEY (batch_id, area)
) /*sqlite:WITHOUT ROWID*/;

-- People of a batch.
CREATE TABLE outwork_member (
    person_id BIGINT NOT NULL,
    batch_id  BIGINT NOT NULL,
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- where they lived then, 12 digits
    state     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    self      BOOLEAN NOT NULL,                       -- signed up by themselves
    trip_id   BIGINT NOT NULL,                        -- 0: none
    pickup    TEXT NOT NULL,
    training  TEXT NOT NULL,
    reason    TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- why they left, or did not go
    note      BYTEA NOT NULL,                         -- sealed
    joined_on DATE NOT NULL,
    arrived   DATE,
    returned  DATE,
    work_from DATE,                                   -- the register's: NULL nothing seen
    months    INTEGER NOT NULL,                       -- the register's: longest unbroken run
    by_name   TEXT NOT NULL,
    version   BIGINT NOT NULL,
    PRIMARY KEY (person_id, batch_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX outwork_member_batch ON outwork_member (batch_id, person_id);

-- Journeys of a batch.
CREATE TABLE outwork_trip (
    batch_id BIGINT NOT NULL,
    trip_id  BIGINT NOT NULL,
    day      DATE NOT NULL,
    vehicle  TEXT NOT NULL,
    leader   TEXT NOT NULL,
    phone    BYTEA NOT NULL, -- sealed: the leader's
    pickups  TEXT NOT NULL,
    PRIMARY KEY (batch_id, trip_id)
) /*sqlite:WITHOUT ROWID*/;

-- Transfers of farmers and herders by banner and year, drawn from the register at night.
CREATE TABLE outwork_count (
    area     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    year     INTEGER NOT NULL,
    spells   INTEGER NOT NULL,
    stable   INTEGER NOT NULL, -- six months and more
    too_soon INTEGER NOT NULL, -- going on, and six months are not over yet
    drawn_on DATE NOT NULL,
    PRIMARY KEY (area, year)
) /*sqlite:WITHOUT ROWID*/;

-- Service centres for people who work away.
CREATE TABLE outwork_center (
    center_id BIGINT NOT NULL PRIMARY KEY,
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- who keeps it
    name      TEXT NOT NULL,
    outside   BOOLEAN NOT NULL,                       -- stands outside the region
    place     TEXT NOT NULL,
    phone     TEXT NOT NULL,                          -- an office's, public
    hours     TEXT NOT NULL,
    version   BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX outwork_center_area ON outwork_center (area, center_id);

-- People who work away.
CREATE TABLE outwork_away (
    person_id  BIGINT NOT NULL,
    away_id    BIGINT NOT NULL,
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- where they live
    place      TEXT NOT NULL,
    place_code TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- inside the region; '' outside
    work       TEXT NOT NULL,
    since      DATE NOT NULL,
    expected   DATE,
    returned   DATE,
    contact    TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- phone, wechat, none
    by_name    TEXT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (person_id, away_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX outwork_away_area ON outwork_away (area, person_id, away_id);

-- What they ask for.
CREATE TABLE outwork_request (
    person_id  BIGINT NOT NULL,
    request_id BIGINT NOT NULL,
    kind       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- wages, injury, contract, school, document, other
    said       BYTEA NOT NULL,                         -- sealed
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- the banner that deals with it
    center_id  BIGINT NOT NULL,
    state      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- waiting, done
    day        DATE NOT NULL,
    due        DATE NOT NULL,
    done_on    DATE,
    answer     BYTEA NOT NULL,                         -- sealed
    handed     TEXT NOT NULL,                          -- where it came from, and why
    by_name    TEXT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (person_id, request_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX outwork_request_area ON outwork_request (area, state, due, request_id);

-- Labour brands.
CREATE TABLE outwork_brand (
    brand_id BIGINT NOT NULL PRIMARY KEY,
    area     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    name     TEXT NOT NULL,
    trade    TEXT NOT NULL,
    skill    TEXT NOT NULL,
    jobs     INTEGER NOT NULL,
    classes  INTEGER NOT NULL,
    income   BIGINT NOT NULL,                        -- fen a head and year, 0 not known
    year     INTEGER NOT NULL,                       -- of the income
    source   TEXT NOT NULL,                          -- of the income
    intro    TEXT NOT NULL,
    version  BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX outwork_brand_area ON outwork_brand (area, brand_id);

CREATE TABLE outwork_brand_member (
    person_id BIGINT NOT NULL,
    brand_id  BIGINT NOT NULL,
    at        DATE NOT NULL,
    PRIMARY KEY (person_id, brand_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX outwork_brand_member_brand ON outwork_brand_member (brand_id, person_id);
