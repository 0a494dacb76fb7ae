-- +goose Up
-- A link may name the file alone.
CREATE INDEX evidence_file_id ON evidence_file (file_id);
