-- +goose Up
-- What was superseded lately in an area (corrections on its page), and long ago (to be thinned).
CREATE INDEX indicator_past_until ON indicator_past (area, until);

-- +goose Down
DROP INDEX indicator_past_until;
