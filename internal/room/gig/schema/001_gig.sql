-- +goose Up
CREATE TABLE gig_market (
    market_id BIGINT NOT NULL PRIMARY KEY,
    name      TEXT NOT NULL,
    kind      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    address   TEXT NOT NULL,
    hours     TEXT NOT NULL,
    operator  TEXT NOT NULL,
    capacity  BIGINT NOT NULL,
    services  TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- keys with blanks between
    officer   TEXT NOT NULL,
    closed    BOOLEAN NOT NULL,
    by_name   TEXT NOT NULL,
    version   BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX gig_market_area ON gig_market (area, market_id);

CREATE TABLE gig_session (
    market_id BIGINT NOT NULL,
    day       DATE NOT NULL,
    theme     TEXT NOT NULL,
    came      BIGINT NOT NULL,                        -- -1: not counted yet
    by_name   TEXT NOT NULL,
    PRIMARY KEY (market_id, day)
) /*sqlite:WITHOUT ROWID*/;

-- Whoever hires: an employing unit under its own id, or a household that an officer has brought in.
CREATE TABLE gig_hirer (
    hirer_id    BIGINT NOT NULL PRIMARY KEY,
    employer_id BIGINT NOT NULL,                      -- 0: a household
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    name        TEXT NOT NULL,                        -- as everybody may see it
    who         BYTEA NOT NULL,                       -- sealed: name and telephone of a household
    allowed     DATE,                                 -- until when it may post in spite of arrears
    allowed_why TEXT NOT NULL,
    allowed_by  TEXT NOT NULL
) /*sqlite:WITHOUT ROWID*/;

-- What leads from a household's telephone number to it.
CREATE TABLE gig_caller (
    phone_hash BYTEA NOT NULL PRIMARY KEY,
    hirer_id   BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE gig_job (
    job_id      BIGINT NOT NULL PRIMARY KEY,
    hirer_id    BIGINT NOT NULL,
    employer_id BIGINT NOT NULL,
    hirer       TEXT NOT NULL,
    market_id   BIGINT NOT NULL,
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    address     TEXT NOT NULL,
    kind        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    title       TEXT NOT NULL,
    starts      DATE NOT NULL,
    ends        DATE NOT NULL,
    start_min   BIGINT NOT NULL,
    end_min     BIGINT NOT NULL,
    rest        BIGINT NOT NULL,
    places      BIGINT NOT NULL,
    taken       BIGINT NOT NULL,
    teams       BOOLEAN NOT NULL,
    price       BIGINT NOT NULL,                      -- fen
    unit        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    pieces      BIGINT NOT NULL,
    pay         TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    tools       BOOLEAN NOT NULL,
    insured     BOOLEAN NOT NULL,
    meals       BOOLEAN NOT NULL,
    pick        BOOLEAN NOT NULL,
    notice      BIGINT NOT NULL,                      -- hours
    note        TEXT NOT NULL,
    state       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    why         TEXT NOT NULL,
    by_id       BIGINT NOT NULL,
    by_name     TEXT NOT NULL,
    version     BIGINT NOT NULL,
    day_fen     BIGINT NOT NULL,                      -- what a day pays
    month       BIGINT NOT NULL                       -- 202509, of the first day
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX gig_job_ends ON gig_job (state, ends, job_id);
CREATE INDEX gig_job_area ON gig_job (area, job_id);
CREATE INDEX gig_job_month ON gig_job (month, area);
CREATE INDEX gig_job_hirer ON gig_job (hirer_id, job_id);
CREATE INDEX gig_job_market ON gig_job (market_id, ends);

-- A worker's place at a job, with its payment.
CREATE TABLE gig_take (
    person_id  BIGINT NOT NULL,
    job_id     BIGINT NOT NULL,
    hirer_id   BIGINT NOT NULL,
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    team_id    BIGINT NOT NULL,
    starts     DATE NOT NULL,
    ends       DATE NOT NULL,
    start_min  BIGINT NOT NULL,
    end_min    BIGINT NOT NULL,
    state      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    at         BIGINT NOT NULL,
    pay        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    due        BIGINT NOT NULL,                       -- fen
    due_on     DATE NOT NULL,
    paid       BIGINT NOT NULL,                       -- fen
    paid_on    DATE,
    objection  BYTEA NOT NULL,                        -- sealed
    settlement TEXT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (person_id, job_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX gig_take_job ON gig_take (job_id, state);
CREATE INDEX gig_take_hirer ON gig_take (hirer_id, pay, due_on);
CREATE INDEX gig_take_due ON gig_take (pay, due_on, area);

-- A worker's day at a job, in minutes of the day, -1 where nobody has said.
CREATE TABLE gig_shift (
    person_id   BIGINT NOT NULL,
    job_id      BIGINT NOT NULL,
    day         DATE NOT NULL,
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    worker_in   BIGINT NOT NULL,
    worker_out  BIGINT NOT NULL,
    hirer_in    BIGINT NOT NULL,
    hirer_out   BIGINT NOT NULL,
    settled_in  BIGINT NOT NULL,
    settled_out BIGINT NOT NULL,
    pieces      BIGINT NOT NULL,
    why         TEXT NOT NULL,
    by_name     TEXT NOT NULL,
    worked      BIGINT NOT NULL,
    differs     BOOLEAN NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (person_id, job_id, day)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX gig_shift_job ON gig_shift (job_id, day);
CREATE INDEX gig_shift_day ON gig_shift (day, area);
CREATE INDEX gig_shift_differs ON gig_shift (area, day) WHERE differs;

CREATE TABLE gig_worker (
    person_id BIGINT NOT NULL PRIMARY KEY,
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    kinds     TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- ' carry clean '
    days      BIGINT NOT NULL,                        -- bits, Monday first
    until_day DATE,
    least     BIGINT NOT NULL,
    km        BIGINT NOT NULL,
    shown     BOOLEAN NOT NULL,
    version   BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX gig_worker_area ON gig_worker (area, person_id) WHERE shown;

CREATE TABLE gig_team (
    team_id   BIGINT NOT NULL PRIMARY KEY,
    leader_id BIGINT NOT NULL,
    name      TEXT NOT NULL,
    code      TEXT /*postgres:COLLATE "C"*/ NOT NULL UNIQUE,
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL
) /*sqlite:WITHOUT ROWID*/;

-- Who is in a team: one team for a person.
CREATE TABLE gig_member (
    person_id BIGINT NOT NULL PRIMARY KEY,
    team_id   BIGINT NOT NULL,
    at        BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX gig_member_team ON gig_member (team_id, person_id);

CREATE TABLE gig_post (
    post_id     BIGINT NOT NULL PRIMARY KEY,
    employer_id BIGINT NOT NULL,
    side        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    occupation  TEXT NOT NULL,
    people      BIGINT NOT NULL,
    starts      DATE NOT NULL,
    ends        DATE NOT NULL,
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    pay         BIGINT NOT NULL,
    note        TEXT NOT NULL,
    closed      BOOLEAN NOT NULL,
    version     BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX gig_post_side ON gig_post (side, ends, area);
CREATE INDEX gig_post_employer ON gig_post (employer_id, post_id);

CREATE TABLE gig_share (
    share_id    BIGINT NOT NULL PRIMARY KEY,
    lender_id   BIGINT NOT NULL,
    borrower_id BIGINT NOT NULL,
    asked_by    BIGINT NOT NULL,
    occupation  TEXT NOT NULL,
    people      BIGINT NOT NULL,
    starts      DATE NOT NULL,
    ends        DATE NOT NULL,
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    place       TEXT NOT NULL,
    pay         BIGINT NOT NULL,
    payer       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    insurer     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    terms       TEXT NOT NULL,
    state       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    why         TEXT NOT NULL,
    reminded    DATE,
    by_name     TEXT NOT NULL,
    version     BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX gig_share_lender ON gig_share (lender_id, share_id);
CREATE INDEX gig_share_borrower ON gig_share (borrower_id, share_id);
CREATE INDEX gig_share_area ON gig_share (area, share_id);
CREATE INDEX gig_share_ends ON gig_share (state, ends);

CREATE TABLE gig_lent (
    person_id BIGINT NOT NULL,
    share_id  BIGINT NOT NULL,
    state     TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    at        BIGINT NOT NULL,
    back      DATE,
    sent      DATE,
    version   BIGINT NOT NULL,
    PRIMARY KEY (person_id, share_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX gig_lent_share ON gig_lent (share_id, person_id);
