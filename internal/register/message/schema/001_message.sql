-- +goose Up
-- A message in somebody's box: of a person, an employer or an account (the other two are 0).
CREATE TABLE message_item (
    person_id   BIGINT NOT NULL,
    message_id  BIGINT NOT NULL,
    employer_id BIGINT NOT NULL,
    account_id  BIGINT NOT NULL,
    kind        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    about       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- what it is about within the kind
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- where the reader lives, for figures
    href        TEXT NOT NULL,
    once_key    TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    sent_at     BIGINT NOT NULL,                        -- unix ms
    shown_at    BIGINT NOT NULL,                        -- not in the box before
    opened_at   BIGINT NOT NULL,                        -- 0: unread
    answered_at BIGINT NOT NULL,
    answer      TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    acted_at    BIGINT NOT NULL,
    content     BYTEA NOT NULL,                         -- sealed: title and text
    PRIMARY KEY (person_id, message_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX message_item_once ON message_item (person_id, employer_id, account_id, once_key);
CREATE INDEX message_item_box ON message_item (person_id, employer_id, account_id, shown_at, message_id);
CREATE INDEX message_item_unread ON message_item (person_id, employer_id, account_id, opened_at, shown_at);
CREATE INDEX message_item_about ON message_item (kind, about, area);

-- What goes out of the house.
CREATE TABLE message_out (
    person_id  BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    channel    TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- sms, wechat
    state      TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- waiting, sending, sent, failed, dropped
    due_at     BIGINT NOT NULL,                        -- not before; while sending: until when it is in somebody's hands
    tries      INTEGER NOT NULL,
    sent_at    BIGINT NOT NULL,
    reason     TEXT NOT NULL,                          -- of a failure, or why it was dropped
    ref        TEXT NOT NULL,                          -- the gateway's number
    PRIMARY KEY (person_id, message_id, channel)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX message_out_due ON message_out (state, due_at, message_id);

-- Kinds that somebody has unsubscribed from.
CREATE TABLE message_mute (
    person_id   BIGINT NOT NULL,
    employer_id BIGINT NOT NULL,
    account_id  BIGINT NOT NULL,
    kind        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (person_id, employer_id, account_id, kind)
) /*sqlite:WITHOUT ROWID*/;
