-- +goose Up
-- A batch is what somebody brought in at once: some files of an upload, or a folder.
CREATE TABLE intake_batch (
    batch_id    BIGINT NOT NULL PRIMARY KEY,
    source      TEXT NOT NULL,                          -- upload, folder
    title       TEXT NOT NULL,
    bytes       BIGINT NOT NULL,
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- nobody outside may be written
    by_id       BIGINT NOT NULL,
    by_name     TEXT NOT NULL,
    forced      BOOLEAN NOT NULL,                       -- read even what was read before
    fingerprint BYTEA NOT NULL,                         -- of the files' contents: finds the batch to go on with
    state       TEXT NOT NULL,                          -- waiting, running, done, failed, stopped
    note        TEXT NOT NULL,                          -- why it is not done
    created_at  BIGINT NOT NULL,
    started_at  BIGINT NOT NULL,                        -- 0: not yet
    ended_at    BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX intake_batch_area ON intake_batch (area, batch_id);
CREATE INDEX intake_batch_fingerprint ON intake_batch (fingerprint);

-- One row per sheet; before recognition one row per file.
CREATE TABLE intake_file (
    batch_id   BIGINT NOT NULL,
    file_id    BIGINT NOT NULL,
    name       TEXT NOT NULL,     -- as the sender calls it
    path       TEXT NOT NULL,     -- where it lies while it is read
    bytes      BIGINT NOT NULL,
    hash       BYTEA NOT NULL,    -- SHA-256 of the content
    format     TEXT NOT NULL,     -- xlsx, csv
    sheet      TEXT NOT NULL,
    kind       TEXT NOT NULL,     -- template's kind, '' when not known
    print      BYTEA NOT NULL,    -- of the template: a changed one reads the same file anew
    head_row   BIGINT NOT NULL,
    heads      TEXT NOT NULL,     -- JSON array
    cells      TEXT NOT NULL,     -- JSON array: template column → cell
    missing    TEXT NOT NULL,     -- needed heads that are not there
    extra      TEXT NOT NULL,     -- heads that nobody uses
    state      TEXT NOT NULL,     -- received, waiting, running, done, unknown, lacking, repeated, empty, failed
    note       TEXT NOT NULL,     -- why, in a sentence
    estimate   BIGINT NOT NULL,   -- rows expected
    cursor_row BIGINT NOT NULL,   -- last row that is written
    rows_read  BIGINT NOT NULL,
    accepted   BIGINT NOT NULL,
    repaired   BIGINT NOT NULL,   -- of the accepted and repeated ones
    repeated   BIGINT NOT NULL,
    review     BIGINT NOT NULL,
    rejected   BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at   BIGINT NOT NULL,
    PRIMARY KEY (batch_id, file_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX intake_file_hash ON intake_file (hash);

CREATE TABLE intake_reject (
    batch_id   BIGINT NOT NULL,
    file_id    BIGINT NOT NULL,
    row_number BIGINT NOT NULL,
    code       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- rule
    head       TEXT NOT NULL,     -- column, '' for the row as a whole
    shown      TEXT NOT NULL,     -- what was written, masked
    reason     TEXT NOT NULL,
    row_seal   BYTEA NOT NULL,    -- the whole row, for the error sheet
    PRIMARY KEY (batch_id, file_id, row_number)
) /*sqlite:WITHOUT ROWID*/;

-- What was mended, counted.
CREATE TABLE intake_reminder (
    batch_id    BIGINT NOT NULL,
    file_id     BIGINT NOT NULL,
    code        TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    head        TEXT NOT NULL,
    row_count   BIGINT NOT NULL,
    example_row BIGINT NOT NULL,
    PRIMARY KEY (batch_id, file_id, code, head)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE intake_review (
    review_id   BIGINT NOT NULL PRIMARY KEY,
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- whose officers decide
    state       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- open, later, same, other, settled
    why         TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- unknown, name
    kind        TEXT NOT NULL,
    batch_id    BIGINT NOT NULL,
    file_id     BIGINT NOT NULL,
    file_name   TEXT NOT NULL,
    row_number  BIGINT NOT NULL,
    person_id   BIGINT NOT NULL,  -- whom the number leads to, or the one decided on; 0: nobody
    row_key     BYTEA NOT NULL,   -- keyed hash of area, kind and values: the same row waits once
    row_seal    BYTEA NOT NULL,   -- the row's cells in the order of the template
    added       BOOLEAN NOT NULL, -- the decision added a fact, which taking it back removes
    created_at  BIGINT NOT NULL,
    decided_at  BIGINT NOT NULL,
    decided_by  BIGINT NOT NULL,
    decider     TEXT NOT NULL,
    reason      TEXT NOT NULL,
    version     BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX intake_review_row ON intake_review (row_key);
CREATE INDEX intake_review_open ON intake_review (state, area, review_id);
