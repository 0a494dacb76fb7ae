-- +goose Up
-- A write that carries an idempotency key leaves it here in the same transaction.
CREATE TABLE ground_once (
    key TEXT NOT NULL PRIMARY KEY,
    at  BIGINT NOT NULL
);
CREATE INDEX ground_once_at ON ground_once (at);

-- Settings that belong to the database and not to the machine: for example the day a demonstration stands still on.
CREATE TABLE ground_setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
