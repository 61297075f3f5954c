-- What Today and timelines count is counted in an index alone: what the condition asks for stands in it too.

DROP INDEX lead_no_next_step;
CREATE INDEX lead_no_next_step ON lead (owner, status, open_activities, deleted_at, number)
    WHERE open_activities = 0 AND status = 0 AND deleted_at IS NULL;

DROP INDEX activity_timeline;
CREATE INDEX activity_timeline ON activity (regarding, timeline_at, number, deleted_at) WHERE regarding IS NOT NULL;

DROP INDEX note_by_record;
CREATE INDEX note_by_record ON note (entity, record, number, deleted_at);

DROP INDEX note_pinned;
CREATE INDEX note_pinned ON note (entity, record, pinned, deleted_at, number) WHERE pinned = 1;
