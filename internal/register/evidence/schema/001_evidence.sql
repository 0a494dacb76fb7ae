-- +goose Up
-- owner_id is a person_id or an employer_id.
CREATE TABLE evidence_file (
    owner_id  BIGINT NOT NULL,
    file_id   BIGINT NOT NULL,
    object    TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- what it supports: grant
    object_id BIGINT NOT NULL,
    name      TEXT NOT NULL,                          -- which document was asked for: 劳动合同
    type      TEXT NOT NULL,                          -- application/pdf, image/jpeg, image/png
    size      BIGINT NOT NULL,                        -- bytes
    at        BIGINT NOT NULL,                        -- unix ms
    by_id     BIGINT NOT NULL,
    content   BYTEA NOT NULL,                         -- sealed
    PRIMARY KEY (owner_id, file_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX evidence_file_object ON evidence_file (owner_id, object, object_id, file_id);
