-- +goose Up
-- 1: the next period's round opens by itself.
ALTER TABLE cycle_round ADD COLUMN again BIGINT NOT NULL DEFAULT 1;
