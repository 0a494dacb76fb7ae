-- +goose Up
ALTER TABLE person ADD COLUMN train BOOLEAN; -- wants training, as last said in person_need; NULL: nobody has asked
UPDATE person SET train = (SELECT n.train FROM person_need n WHERE n.person_id = person.person_id AND n.train IS NOT NULL
	ORDER BY n.asked DESC, n.known_at DESC, n.key DESC LIMIT 1)
WHERE person_id IN (SELECT person_id FROM person_need WHERE train IS NOT NULL);
