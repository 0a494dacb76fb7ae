-- +goose Up
-- Whose consent a story rests on; 0: somebody who is not in the register, or whose data are anonymised.
ALTER TABLE service_story ADD COLUMN person_id BIGINT NOT NULL DEFAULT 0;
CREATE INDEX service_story_person ON service_story (person_id) WHERE person_id <> 0;

-- One person has one personnel archive. Two that came in the same moment become one: the later one was an error.
UPDATE service_archive SET state = 'gone', gone_to = '重复转入，并入先到的一份', gone_on = came_on, version = version + 1
WHERE state <> 'gone' AND EXISTS (SELECT 1 FROM service_archive b WHERE b.person_id = service_archive.person_id AND b.state <> 'gone' AND b.archive_id < service_archive.archive_id);
CREATE UNIQUE INDEX service_archive_here ON service_archive (person_id) WHERE state <> 'gone';
