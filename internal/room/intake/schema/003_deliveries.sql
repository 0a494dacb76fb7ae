-- +goose Up
-- What is told of a sheet as a whole: empty columns, shared telephones, birthdays on 1 January.
CREATE TABLE intake_quality (
    batch_id BIGINT NOT NULL,
    file_id  BIGINT NOT NULL,
    profile  TEXT NOT NULL, -- JSON
    PRIMARY KEY (batch_id, file_id)
) /*sqlite:WITHOUT ROWID*/;

-- What the sender says a delivery holds (清单), one row per file.
CREATE TABLE intake_manifest (
    batch_id  BIGINT NOT NULL,
    line      BIGINT NOT NULL,
    list_name TEXT NOT NULL,   -- the manifest it stands in
    file_name TEXT NOT NULL,
    row_count BIGINT NOT NULL, -- -1: not said
    algorithm TEXT NOT NULL,   -- sha256, sm3, '' when no hash is given
    hash      TEXT NOT NULL,   -- hexadecimal, small letters
    delivered DATE,            -- day of delivery by its sender; NULL: not said
    PRIMARY KEY (batch_id, line)
) /*sqlite:WITHOUT ROWID*/;

-- What a batch brought of one source and kind, as counted at its end.
CREATE TABLE intake_delivery (
    batch_id   BIGINT NOT NULL,
    source     TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- id of the department
    kind       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- of the template
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- of the batch
    at         BIGINT NOT NULL,                        -- unix ms, end of the batch
    day        DATE NOT NULL,                          -- day it counts for: as the manifest says, or of the upload
    rows_read  BIGINT NOT NULL,
    accepted   BIGINT NOT NULL,
    repeated   BIGINT NOT NULL,
    review     BIGINT NOT NULL,
    rejected   BIGINT NOT NULL,
    known      BIGINT NOT NULL,                        -- rows about somebody whose number in the source was known
    renumbered BIGINT NOT NULL,                        -- of those: with another number now
    version    TEXT NOT NULL,                          -- of the template
    print      BYTEA NOT NULL,                         -- of the template
    PRIMARY KEY (batch_id, source, kind)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX intake_delivery_source ON intake_delivery (source, kind, at);
CREATE INDEX intake_delivery_area ON intake_delivery (area, source, at);

CREATE TABLE intake_alarm (
    alarm_id  BIGINT NOT NULL PRIMARY KEY,
    alarm_key TEXT NOT NULL,                          -- what it is about: raised once
    kind      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- late, short, renumbered, missing, extra, rows, hash
    source    TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- '' for a manifest of no single source
    area      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    batch_id  BIGINT NOT NULL,                        -- 0: none came
    args      TEXT NOT NULL,                          -- JSON array for the sentence
    at        BIGINT NOT NULL,
    acked_at  BIGINT NOT NULL,                        -- 0: nobody has seen to it
    acked_by  BIGINT NOT NULL,
    acker     TEXT NOT NULL,
    reason    TEXT NOT NULL,
    version   BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX intake_alarm_once ON intake_alarm (alarm_key);
CREATE INDEX intake_alarm_open ON intake_alarm (acked_at, area, alarm_id);
CREATE INDEX intake_alarm_source ON intake_alarm (source, alarm_id);
CREATE INDEX intake_alarm_batch ON intake_alarm (batch_id);

-- Rows of a trial (试读): read, checked and sealed, and removed at its end. Nothing of it reaches the registers.
CREATE TABLE intake_stage (
    batch_id   BIGINT NOT NULL,
    file_id    BIGINT NOT NULL,
    row_number BIGINT NOT NULL,
    row_seal   BYTEA NOT NULL,
    PRIMARY KEY (batch_id, file_id, row_number)
) /*sqlite:WITHOUT ROWID*/;
