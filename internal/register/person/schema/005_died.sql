-- +goose Up
ALTER TABLE person ADD COLUMN died DATE; -- the day of death as registered; NULL: alive as far as anybody has said
