-- +goose Up
-- What a run saw of whole years' areas, which makes no finding (JSON): pages read it instead of all panels.
ALTER TABLE verify_run ADD COLUMN background TEXT NOT NULL DEFAULT '[]';

-- +goose Down
ALTER TABLE verify_run DROP COLUMN background;
