-- +goose Up
-- What a trained model says weights by. A decision is computed again from hash and levels, bit for bit.
CREATE TABLE intake_model (
    model_hash  TEXT /*postgres:COLLATE "C"*/ NOT NULL PRIMARY KEY, -- SHA-256 of canonical
    canonical   BYTEA NOT NULL,          -- linkage.Trained.Canonical
    columns     TEXT NOT NULL,           -- JSON array: comparison → [name, label]
    auto_line   DOUBLE PRECISION NOT NULL, -- bits
    review_line DOUBLE PRECISION NOT NULL, -- bits
    area        TEXT NOT NULL,           -- of the people it was learnt from
    people      BIGINT NOT NULL,
    made_at     BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;

-- Whom a waiting row may be about, the likeliest first.
CREATE TABLE intake_candidate (
    review_id   BIGINT NOT NULL,
    person_id   BIGINT NOT NULL,         -- 0: another row, other_id
    other_id    BIGINT NOT NULL,         -- review row it belongs together with; 0: none
    probability DOUBLE PRECISION NOT NULL,
    bits        DOUBLE PRECISION NOT NULL,
    rule        TEXT NOT NULL,           -- the deciding rule, '' when weights decided
    levels      TEXT NOT NULL,           -- JSON array: comparison → level
    model_hash  TEXT NOT NULL,
    PRIMARY KEY (review_id, person_id, other_id)
) /*sqlite:WITHOUT ROWID*/;

-- One person of the register and the rows that are probably about that person, or rows of one person nobody knows yet.
CREATE TABLE intake_cluster (
    cluster_id  BIGINT NOT NULL PRIMARY KEY,
    area        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- whose officers decide
    state       TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- open, later, sent, done, auto, gone
    why         TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- id, noid, name, two, conflict, rows
    kind        TEXT /*postgres:COLLATE "C"*/ NOT NULL, -- template of the first row
    person_id   BIGINT NOT NULL,         -- 甲; 0: nobody in the register
    row_count   BIGINT NOT NULL,
    likely      BIGINT NOT NULL,         -- probability of the likeliest row, in ten-thousandths
    benefit     BIGINT NOT NULL,         -- uncertainty × what depends on it, see benefitOf
    blind_of    BIGINT NOT NULL,         -- cluster that this one repeats for another clerk; 0: none
    first_by    BIGINT NOT NULL,         -- who must not see the repetition
    turn        BIGINT NOT NULL,         -- 1 first, 2 second clerk, 3 manager
    known       TEXT NOT NULL,           -- 'same', 'different': a hidden known pair; '': an ordinary one
    sent_to     TEXT NOT NULL,           -- township that was asked
    task_id     BIGINT NOT NULL,         -- assignment
    answer      TEXT NOT NULL,           -- what the township said
    made_person BIGINT NOT NULL,         -- person that the decision added to the register; 0: none
    made        TEXT NOT NULL,           -- JSON array: records by which it was added
    choice      TEXT NOT NULL,           -- same, some, other, later, sent, new
    reason      TEXT NOT NULL,
    decided_at  BIGINT NOT NULL,
    decided_by  BIGINT NOT NULL,
    decider     TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    version     BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX intake_cluster_desk ON intake_cluster (state, area, benefit, cluster_id);
CREATE INDEX intake_cluster_person ON intake_cluster (person_id, state);
CREATE INDEX intake_cluster_blind ON intake_cluster (blind_of);

CREATE TABLE intake_member (
    cluster_id BIGINT NOT NULL,
    review_id  BIGINT NOT NULL, -- the row; of a hidden known pair a number that leads nowhere
    place      BIGINT NOT NULL, -- 1 乙, 2 丙 …; without a person 0 甲
    answer     TEXT NOT NULL,   -- same, other; '' undecided
    row_seal   BYTEA,           -- the row itself where it stands in no review item
    PRIMARY KEY (cluster_id, review_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX intake_member_row ON intake_member (review_id, cluster_id);

-- Pairs of which somebody said that they are not the same: they never come up again, also when the row is delivered anew.
CREATE TABLE intake_never (
    person_id  BIGINT NOT NULL, -- 0: two rows
    row_key    BYTEA NOT NULL,  -- of the row; of two rows, keyed hash of both keys
    cluster_id BIGINT NOT NULL, -- the decision
    by_id      BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (person_id, row_key)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX intake_never_row ON intake_never (row_key);
CREATE INDEX intake_never_cluster ON intake_never (cluster_id);

-- Who said what about a cluster, for comparing clerks.
CREATE TABLE intake_judgement (
    cluster_id BIGINT NOT NULL PRIMARY KEY, -- the one that was decided on; a repetition has its own number
    origin_id  BIGINT NOT NULL,             -- the first cluster, cluster_id itself otherwise
    turn       BIGINT NOT NULL,
    known      TEXT NOT NULL,
    area       TEXT /*postgres:COLLATE "C"*/ NOT NULL,
    by_id      BIGINT NOT NULL,
    by_name    TEXT NOT NULL,
    verdict    TEXT NOT NULL,               -- row by row in the order of places: s same, o other, u cannot tell
    verdict_ok TEXT NOT NULL,               -- yes, no; '' nobody to compare with yet
    seconds    BIGINT NOT NULL,             -- from opening to deciding, 0 unknown
    decided_at BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX intake_judgement_area ON intake_judgement (area, decided_at);
CREATE INDEX intake_judgement_origin ON intake_judgement (origin_id);

ALTER TABLE intake_review ADD COLUMN cluster_id BIGINT NOT NULL DEFAULT 0;
