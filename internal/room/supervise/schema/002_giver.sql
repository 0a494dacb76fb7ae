-- +goose Up
-- Who gave a duty: what comes from above is checked and stopped above. Where it can be looked at, for what is no task (a form that has not come).
ALTER TABLE supervise_duty ADD COLUMN giver_area TEXT /*postgres:COLLATE "C"*/ NOT NULL DEFAULT '';
ALTER TABLE supervise_duty ADD COLUMN href TEXT NOT NULL DEFAULT '';
UPDATE supervise_duty SET giver_area = coalesce(
    (SELECT m.area FROM supervise_meeting m WHERE m.meeting_id = supervise_duty.source_id AND supervise_duty.source IN ('decision', 'problem')),
    (SELECT i.area FROM supervise_inspection i WHERE i.inspection_id = supervise_duty.source_id AND supervise_duty.source = 'finding'), area);
