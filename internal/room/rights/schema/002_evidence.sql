-- +goose Up
-- Evidence lies in the register of evidence with everybody else's. Its tables are made before this room's.
INSERT INTO evidence_file (owner_id, file_id, object, object_id, name, type, size, at, by_id, content)
SELECT person_id, file_id, 'rights.correct', file_id, '证明材料', type, size, at, 0, content FROM rights_file WHERE true
ON CONFLICT (owner_id, file_id) DO NOTHING;
DROP TABLE rights_file;
