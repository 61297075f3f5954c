-- Activities: calls, mails, appointments, tasks, letters, faxes. What stands on a record names it as people do, in `regarding`: L-1042.
-- Columns behind AS follow from the others; what records keep of their activities is kept by the triggers below, outside version and log.

CREATE TABLE activity (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL DEFAULT 1,
    unit INTEGER NOT NULL REFERENCES business_unit(number) ON DELETE RESTRICT,
    name TEXT NOT NULL DEFAULT '',
    kind INTEGER NOT NULL,
    regarding TEXT,
    direction INTEGER,
    phone_number TEXT,
    outcome INTEGER,
    left_voicemail INTEGER NOT NULL DEFAULT 0,
    status INTEGER NOT NULL,
    status_reason INTEGER NOT NULL,
    due_at INTEGER,
    starts_at INTEGER,
    duration INTEGER,
    all_day INTEGER NOT NULL DEFAULT 0,
    priority INTEGER,
    percent_complete INTEGER,
    actual_start INTEGER,
    actual_end INTEGER,
    actual_duration INTEGER,
    sent_at INTEGER,
    sender TEXT,
    recipients TEXT,
    copies TEXT,
    blind_copies TEXT,
    location TEXT,
    organizer TEXT,
    required_attendees TEXT,
    optional_attendees TEXT,
    address TEXT,
    fax_number TEXT,
    pages INTEGER,
    cover_page TEXT,
    billing_code TEXT,
    description TEXT,
    category TEXT,
    subcategory TEXT,
    read_receipt INTEGER NOT NULL DEFAULT 0,
    delivery_receipt INTEGER NOT NULL DEFAULT 0,
    delivery_priority INTEGER,
    message_id TEXT,
    in_reply_to TEXT,
    override_note TEXT,
    owner INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    modified_by INTEGER NOT NULL,
    closed_at INTEGER,
    deleted_at INTEGER,
    handed_by INTEGER,
    handed_at INTEGER,
    handed_note TEXT,
    opened_at INTEGER,
    import_source TEXT,
    import_key TEXT,
    incomplete TEXT,
    imported_rest TEXT,
    name_key TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT '',
    is_open INTEGER GENERATED ALWAYS AS (CASE WHEN status IN (0, 3) AND deleted_at IS NULL THEN 1 ELSE 0 END) STORED,
    due_key INTEGER GENERATED ALWAYS AS (
        CASE WHEN status IN (0, 3) AND deleted_at IS NULL
        THEN CASE WHEN kind = 4201 THEN coalesce(starts_at, due_at) ELSE coalesce(due_at, starts_at) END END) STORED,
    contact_at INTEGER GENERATED ALWAYS AS (
        CASE WHEN status = 1 AND deleted_at IS NULL AND kind <> 4212
        THEN coalesce(actual_end, sent_at, due_at, starts_at, closed_at, created_at) END) STORED,
    timeline_at INTEGER NOT NULL GENERATED ALWAYS AS (
        CASE WHEN status IN (0, 3)
        THEN coalesce(CASE WHEN kind = 4201 THEN starts_at END, due_at, starts_at, created_at)
        ELSE coalesce(actual_end, sent_at, due_at, starts_at, closed_at, created_at) END) STORED
) STRICT;

CREATE INDEX activity_by_name ON activity (name_key, number, status, owner, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX activity_by_modified ON activity (modified_at, number, status, owner, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX activity_deleted ON activity (deleted_at, number) WHERE deleted_at IS NOT NULL;
CREATE INDEX activity_handed ON activity (owner, handed_at) WHERE handed_at IS NOT NULL AND opened_at IS NULL;
CREATE INDEX activity_incomplete ON activity (number) WHERE incomplete IS NOT NULL;
CREATE UNIQUE INDEX activity_import_key ON activity (import_source, import_key) WHERE import_key IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX activity_deleted_key ON activity (import_source, import_key) WHERE import_key IS NOT NULL AND deleted_at IS NOT NULL;
CREATE INDEX activity_timeline ON activity (regarding, timeline_at, number) WHERE regarding IS NOT NULL;
CREATE INDEX activity_open ON activity (regarding, due_key) WHERE is_open = 1;
CREATE INDEX activity_contact ON activity (regarding, contact_at, direction) WHERE contact_at IS NOT NULL;
CREATE INDEX activity_due ON activity (owner, due_key, number) WHERE due_key IS NOT NULL;
CREATE INDEX activity_next ON activity (due_key, number, status, owner, deleted_at) WHERE due_key IS NOT NULL;
CREATE INDEX activity_done ON activity (owner, actual_end) WHERE actual_end IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX activity_message ON activity (message_id) WHERE message_id IS NOT NULL;

CREATE TABLE activity_tag (
    activity INTEGER NOT NULL REFERENCES activity(number) ON DELETE CASCADE,
    tag INTEGER NOT NULL REFERENCES tag(number) ON DELETE RESTRICT,
    PRIMARY KEY (activity, tag)
) STRICT;
CREATE INDEX activity_tag_by_tag ON activity_tag (tag, activity);
CREATE VIRTUAL TABLE activity_words USING fts5 (
    words, content = 'activity', content_rowid = 'number', detail = 'none', prefix = '1 2 3 4 5',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);
CREATE TRIGGER activity_words_insert AFTER INSERT ON activity BEGIN
    INSERT INTO activity_words (rowid, words) VALUES (new.number, new.words);
END;
CREATE TRIGGER activity_words_delete AFTER DELETE ON activity BEGIN
    INSERT INTO activity_words (activity_words, rowid, words) VALUES ('delete', old.number, old.words);
END;
CREATE TRIGGER activity_words_update AFTER UPDATE OF words ON activity WHEN old.words IS NOT new.words BEGIN
    INSERT INTO activity_words (activity_words, rowid, words) VALUES ('delete', old.number, old.words);
    INSERT INTO activity_words (rowid, words) VALUES (new.number, new.words);
END;

ALTER TABLE lead ADD COLUMN next_due_at INTEGER;
ALTER TABLE lead ADD COLUMN open_activities INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lead ADD COLUMN last_activity_at INTEGER;
ALTER TABLE lead ADD COLUMN last_contact_at INTEGER;
ALTER TABLE lead ADD COLUMN first_contact_at INTEGER;
ALTER TABLE account ADD COLUMN next_due_at INTEGER;
ALTER TABLE account ADD COLUMN open_activities INTEGER NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN last_activity_at INTEGER;
ALTER TABLE account ADD COLUMN last_contact_at INTEGER;
ALTER TABLE account ADD COLUMN first_contact_at INTEGER;
ALTER TABLE contact ADD COLUMN next_due_at INTEGER;
ALTER TABLE contact ADD COLUMN open_activities INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contact ADD COLUMN last_activity_at INTEGER;
ALTER TABLE contact ADD COLUMN last_contact_at INTEGER;
ALTER TABLE contact ADD COLUMN first_contact_at INTEGER;
ALTER TABLE opportunity ADD COLUMN next_due_at INTEGER;
ALTER TABLE opportunity ADD COLUMN open_activities INTEGER NOT NULL DEFAULT 0;
ALTER TABLE opportunity ADD COLUMN last_activity_at INTEGER;
ALTER TABLE opportunity ADD COLUMN last_contact_at INTEGER;
ALTER TABLE opportunity ADD COLUMN first_contact_at INTEGER;

CREATE INDEX lead_next_due ON lead (owner, next_due_at, number) WHERE next_due_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX lead_by_due ON lead (next_due_at, number, status, owner, deleted_at) WHERE next_due_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX account_next_due ON account (owner, next_due_at, number) WHERE next_due_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX account_by_due ON account (next_due_at, number, status, owner, deleted_at) WHERE next_due_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX contact_next_due ON contact (owner, next_due_at, number) WHERE next_due_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX contact_by_due ON contact (next_due_at, number, status, owner, deleted_at) WHERE next_due_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX opportunity_next_due ON opportunity (owner, next_due_at, number) WHERE next_due_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX opportunity_by_due ON opportunity (next_due_at, number, status, owner, deleted_at) WHERE next_due_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX lead_no_next_step ON lead (owner, number) WHERE open_activities = 0 AND status = 0 AND deleted_at IS NULL;

CREATE TRIGGER activity_of_lead_insert AFTER INSERT ON activity WHEN new.regarding LIKE 'L-%' BEGIN
    UPDATE lead SET
        next_due_at = (SELECT min(a.due_key) FROM activity a WHERE a.regarding = new.regarding AND a.is_open = 1),
        open_activities = (SELECT count(*) FROM activity a WHERE a.regarding = new.regarding AND a.is_open = 1),
        last_activity_at = (SELECT max(a.timeline_at) FROM activity a WHERE a.regarding = new.regarding AND a.is_open = 0 AND a.deleted_at IS NULL),
        last_contact_at = (SELECT max(a.contact_at) FROM activity a WHERE a.regarding = new.regarding AND a.contact_at IS NOT NULL),
        first_contact_at = (SELECT min(a.contact_at) FROM activity a WHERE a.regarding = new.regarding AND a.contact_at IS NOT NULL AND a.direction = 1)
    WHERE number = CAST(substr(new.regarding, 3) AS INTEGER);
END;
CREATE TRIGGER activity_of_lead_delete AFTER DELETE ON activity WHEN old.regarding LIKE 'L-%' BEGIN
    UPDATE lead SET
        next_due_at = (SELECT min(a.due_key) FROM activity a WHERE a.regarding = old.regarding AND a.is_open = 1),
        open_activities = (SELECT count(*) FROM activity a WHERE a.regarding = old.regarding AND a.is_open = 1),
        last_activity_at = (SELECT max(a.timeline_at) FROM activity a WHERE a.regarding = old.regarding AND a.is_open = 0 AND a.deleted_at IS NULL),
        last_contact_at = (SELECT max(a.contact_at) FROM activity a WHERE a.regarding = old.regarding AND a.contact_at IS NOT NULL),
        first_contact_at = (SELECT min(a.contact_at) FROM activity a WHERE a.regarding = old.regarding AND a.contact_at IS NOT NULL AND a.direction = 1)
    WHERE number = CAST(substr(old.regarding, 3) AS INTEGER);
END;
CREATE TRIGGER activity_of_lead_update AFTER UPDATE OF regarding, kind, direction, status, due_at, starts_at, actual_end, sent_at, closed_at, deleted_at ON activity WHEN new.regarding LIKE 'L-%' BEGIN
    UPDATE lead SET
        next_due_at = (SELECT min(a.due_key) FROM activity a WHERE a.regarding = new.regarding AND a.is_open = 1),
        open_activities = (SELECT count(*) FROM activity a WHERE a.regarding = new.regarding AND a.is_open = 1),
        last_activity_at = (SELECT max(a.timeline_at) FROM activity a WHERE a.regarding = new.regarding AND a.is_open = 0 AND a.deleted_at IS NULL),
        last_contact_at = (SELECT max(a.contact_at) FROM activity a WHERE a.regarding = new.regarding AND a.contact_at IS NOT NULL),
        first_contact_at = (SELECT min(a.contact_at) FROM activity a WHERE a.regarding = new.regarding AND a.contact_at IS NOT NULL AND a.direction = 1)
    WHERE number = CAST(substr(new.regarding, 3) AS INTEGER);
END;
CREATE TRIGGER activity_of_lead_moved AFTER UPDATE OF regarding ON activity
WHEN old.regarding LIKE 'L-%' AND old.regarding IS NOT new.regarding BEGIN
    UPDATE lead SET
        next_due_at = (SELECT min(a.due_key) FROM activity a WHERE a.regarding = old.regarding AND a.is_open = 1),
        open_activities = (SELECT count(*) FROM activity a WHERE a.regarding = old.regarding AND a.is_open = 1),
        last_activity_at = (SELECT max(a.timeline_at) FROM activity a WHERE a.regarding = old.regarding AND a.is_open = 0 AND a.deleted_at IS NULL),
        last_contact_at = (SELECT max(a.contact_at) FROM activity a WHERE a.regarding = old.regarding AND a.contact_at IS NOT NULL),
        first_contact_at = (SELECT min(a.contact_at) FROM activity a WHERE a.regarding = old.regarding AND a.contact_at IS NOT NULL AND a.direction = 1)
    WHERE number = CAST(substr(old.regarding, 3) AS INTEGER);
END;
CREATE TRIGGER activity_of_account_insert AFTER INSERT ON activity WHEN new.regarding LIKE 'A-%' BEGIN
    UPDATE account SET
        next_due_at = (SELECT min(a.due_key) FROM activity a WHERE a.regarding = new.regarding AND a.is_open = 1),
        open_activities = (SELECT count(*) FROM activity a WHERE a.regarding = new.regarding AND a.is_open = 1),
        last_activity_at = (SELECT max(a.timeline_at) FROM activity a WHERE a.regarding = new.regarding AND a.is_open = 0 AND a.deleted_at IS NULL),
        last_contact_at = (SELECT max(a.contact_at) FROM activity a WHERE a.regarding = new.regarding AND a.contact_at IS NOT NULL),
        first_contact_at = (SELECT min(a.contact_at) FROM activity a WHERE a.regarding = new.regarding AND a.contact_at IS NOT NULL AND a.direction = 1)
    WHERE number = CAST(substr(new.regarding, 3) AS INTEGER);
END;
CREATE TRIGGER activity_of_account_delete AFTER DELETE ON activity WHEN old.regarding LIKE 'A-%' BEGIN
    UPDATE account SET
        next_due_at = (SELECT min(a.due_key) FROM activity a WHERE a.regarding = old.regarding AND a.is_open = 1),
        open_activities = (SELECT count(*) FROM activity a WHERE a.regarding = old.regarding AND a.is_open = 1),
        last_activity_at = (SELECT max(a.timeline_at) FROM activity a WHERE a.regarding = old.regarding AND a.is_open = 0 AND a.deleted_at IS NULL),
        last_contact_at = (SELECT max(a.contact_at) FROM activity a WHERE a.regarding = old.regarding AND a.contact_at IS NOT NULL),
        first_contact_at = (SELECT min(a.contact_at) FROM activity a WHERE a.regarding = old.regarding AND a.contact_at IS NOT NULL AND a.direction = 1)
    WHERE number = CAST(substr(old.regarding, 3) AS INTEGER);
END;
CREATE TRIGGER activity_of_account_update AFTER UPDATE OF regarding, kind, direction, status, due_at, starts_at, actual_end, sent_at, closed_at, deleted_at ON activity WHEN new.regarding LIKE 'A-%' BEGIN
    UPDATE account SET
        next_due_at = (SELECT min(a.due_key) FROM activity a WHERE a.regarding = new.regarding AND a.is_open = 1),
        open_activities = (SELECT count(*) FROM activity a WHERE a.regarding = new.regarding AND a.is_open = 1),
        last_activity_at = (SELECT max(a.timeline_at) FROM activity a WHERE a.regarding = new.regarding AND a.is_open = 0 AND a.deleted_at IS NULL),
        last_contact_at = (SELECT max(a.contact_at) FROM activity a WHERE a.regarding = new.regarding AND a.contact_at IS NOT NULL),
        first_contact_at = (SELECT min(a.contact_at) FROM activity a WHERE a.regarding = new.regarding AND a.contact_at IS NOT NULL AND a.direction = 1)
    WHERE number = CAST(substr(new.regarding, 3) AS INTEGER);
END;
CREATE TRIGGER activity_of_account_moved AFTER UPDATE OF regarding ON activity
WHEN old.regarding LIKE 'A-%' AND old.regarding IS NOT new.regarding BEGIN
    UPDATE account SET
        next_due_at = (SELECT min(a.due_key) FROM activity a WHERE a.regarding = old.regarding AND a.is_open = 1),
        open_activities = (SELECT count(*) FROM activity a WHERE a.regarding = old.regarding AND a.is_open = 1),
        last_activity_at = (SELECT max(a.timeline_at) FROM activity a WHERE a.regarding = old.regarding AND a.is_open = 0 AND a.deleted_at IS NULL),
        last_contact_at = (SELECT max(a.contact_at) FROM activity a WHERE a.regarding = old.regarding AND a.contact_at IS NOT NULL),
        first_contact_at = (SELECT min(a.contact_at) FROM activity a WHERE a.regarding = old.regarding AND a.contact_at IS NOT NULL AND a.direction = 1)
    WHERE number = CAST(substr(old.regarding, 3) AS INTEGER);
END;
CREATE TRIGGER activity_of_contact_insert AFTER INSERT ON activity WHEN new.regarding LIKE 'C-%' BEGIN
    UPDATE contact SET
        next_due_at = (SELECT min(a.due_key) FROM activity a WHERE a.regarding = new.regarding AND a.is_open = 1),
        open_activities = (SELECT count(*) FROM activity a WHERE a.regarding = new.regarding AND a.is_open = 1),
        last_activity_at = (SELECT max(a.timeline_at) FROM activity a WHERE a.regarding = new.regarding AND a.is_open = 0 AND a.deleted_at IS NULL),
        last_contact_at = (SELECT max(a.contact_at) FROM activity a WHERE a.regarding = new.regarding AND a.contact_at IS NOT NULL),
        first_contact_at = (SELECT min(a.contact_at) FROM activity a WHERE a.regarding = new.regarding AND a.contact_at IS NOT NULL AND a.direction = 1)
    WHERE number = CAST(substr(new.regarding, 3) AS INTEGER);
END;
CREATE TRIGGER activity_of_contact_delete AFTER DELETE ON activity WHEN old.regarding LIKE 'C-%' BEGIN
    UPDATE contact SET
        next_due_at = (SELECT min(a.due_key) FROM activity a WHERE a.regarding = old.regarding AND a.is_open = 1),
        open_activities = (SELECT count(*) FROM activity a WHERE a.regarding = old.regarding AND a.is_open = 1),
        last_activity_at = (SELECT max(a.timeline_at) FROM activity a WHERE a.regarding = old.regarding AND a.is_open = 0 AND a.deleted_at IS NULL),
        last_contact_at = (SELECT max(a.contact_at) FROM activity a WHERE a.regarding = old.regarding AND a.contact_at IS NOT NULL),
        first_contact_at = (SELECT min(a.contact_at) FROM activity a WHERE a.regarding = old.regarding AND a.contact_at IS NOT NULL AND a.direction = 1)
    WHERE number = CAST(substr(old.regarding, 3) AS INTEGER);
END;
CREATE TRIGGER activity_of_contact_update AFTER UPDATE OF regarding, kind, direction, status, due_at, starts_at, actual_end, sent_at, closed_at, deleted_at ON activity WHEN new.regarding LIKE 'C-%' BEGIN
    UPDATE contact SET
        next_due_at = (SELECT min(a.due_key) FROM activity a WHERE a.regarding = new.regarding AND a.is_open = 1),
        open_activities = (SELECT count(*) FROM activity a WHERE a.regarding = new.regarding AND a.is_open = 1),
        last_activity_at = (SELECT max(a.timeline_at) FROM activity a WHERE a.regarding = new.regarding AND a.is_open = 0 AND a.deleted_at IS NULL),
        last_contact_at = (SELECT max(a.contact_at) FROM activity a WHERE a.regarding = new.regarding AND a.contact_at IS NOT NULL),
        first_contact_at = (SELECT min(a.contact_at) FROM activity a WHERE a.regarding = new.regarding AND a.contact_at IS NOT NULL AND a.direction = 1)
    WHERE number = CAST(substr(new.regarding, 3) AS INTEGER);
END;
CREATE TRIGGER activity_of_contact_moved AFTER UPDATE OF regarding ON activity
WHEN old.regarding LIKE 'C-%' AND old.regarding IS NOT new.regarding BEGIN
    UPDATE contact SET
        next_due_at = (SELECT min(a.due_key) FROM activity a WHERE a.regarding = old.regarding AND a.is_open = 1),
        open_activities = (SELECT count(*) FROM activity a WHERE a.regarding = old.regarding AND a.is_open = 1),
        last_activity_at = (SELECT max(a.timeline_at) FROM activity a WHERE a.regarding = old.regarding AND a.is_open = 0 AND a.deleted_at IS NULL),
        last_contact_at = (SELECT max(a.contact_at) FROM activity a WHERE a.regarding = old.regarding AND a.contact_at IS NOT NULL),
        first_contact_at = (SELECT min(a.contact_at) FROM activity a WHERE a.regarding = old.regarding AND a.contact_at IS NOT NULL AND a.direction = 1)
    WHERE number = CAST(substr(old.regarding, 3) AS INTEGER);
END;
CREATE TRIGGER activity_of_opportunity_insert AFTER INSERT ON activity WHEN new.regarding LIKE 'O-%' BEGIN
    UPDATE opportunity SET
        next_due_at = (SELECT min(a.due_key) FROM activity a WHERE a.regarding = new.regarding AND a.is_open = 1),
        open_activities = (SELECT count(*) FROM activity a WHERE a.regarding = new.regarding AND a.is_open = 1),
        last_activity_at = (SELECT max(a.timeline_at) FROM activity a WHERE a.regarding = new.regarding AND a.is_open = 0 AND a.deleted_at IS NULL),
        last_contact_at = (SELECT max(a.contact_at) FROM activity a WHERE a.regarding = new.regarding AND a.contact_at IS NOT NULL),
        first_contact_at = (SELECT min(a.contact_at) FROM activity a WHERE a.regarding = new.regarding AND a.contact_at IS NOT NULL AND a.direction = 1)
    WHERE number = CAST(substr(new.regarding, 3) AS INTEGER);
END;
CREATE TRIGGER activity_of_opportunity_delete AFTER DELETE ON activity WHEN old.regarding LIKE 'O-%' BEGIN
    UPDATE opportunity SET
        next_due_at = (SELECT min(a.due_key) FROM activity a WHERE a.regarding = old.regarding AND a.is_open = 1),
        open_activities = (SELECT count(*) FROM activity a WHERE a.regarding = old.regarding AND a.is_open = 1),
        last_activity_at = (SELECT max(a.timeline_at) FROM activity a WHERE a.regarding = old.regarding AND a.is_open = 0 AND a.deleted_at IS NULL),
        last_contact_at = (SELECT max(a.contact_at) FROM activity a WHERE a.regarding = old.regarding AND a.contact_at IS NOT NULL),
        first_contact_at = (SELECT min(a.contact_at) FROM activity a WHERE a.regarding = old.regarding AND a.contact_at IS NOT NULL AND a.direction = 1)
    WHERE number = CAST(substr(old.regarding, 3) AS INTEGER);
END;
CREATE TRIGGER activity_of_opportunity_update AFTER UPDATE OF regarding, kind, direction, status, due_at, starts_at, actual_end, sent_at, closed_at, deleted_at ON activity WHEN new.regarding LIKE 'O-%' BEGIN
    UPDATE opportunity SET
        next_due_at = (SELECT min(a.due_key) FROM activity a WHERE a.regarding = new.regarding AND a.is_open = 1),
        open_activities = (SELECT count(*) FROM activity a WHERE a.regarding = new.regarding AND a.is_open = 1),
        last_activity_at = (SELECT max(a.timeline_at) FROM activity a WHERE a.regarding = new.regarding AND a.is_open = 0 AND a.deleted_at IS NULL),
        last_contact_at = (SELECT max(a.contact_at) FROM activity a WHERE a.regarding = new.regarding AND a.contact_at IS NOT NULL),
        first_contact_at = (SELECT min(a.contact_at) FROM activity a WHERE a.regarding = new.regarding AND a.contact_at IS NOT NULL AND a.direction = 1)
    WHERE number = CAST(substr(new.regarding, 3) AS INTEGER);
END;
CREATE TRIGGER activity_of_opportunity_moved AFTER UPDATE OF regarding ON activity
WHEN old.regarding LIKE 'O-%' AND old.regarding IS NOT new.regarding BEGIN
    UPDATE opportunity SET
        next_due_at = (SELECT min(a.due_key) FROM activity a WHERE a.regarding = old.regarding AND a.is_open = 1),
        open_activities = (SELECT count(*) FROM activity a WHERE a.regarding = old.regarding AND a.is_open = 1),
        last_activity_at = (SELECT max(a.timeline_at) FROM activity a WHERE a.regarding = old.regarding AND a.is_open = 0 AND a.deleted_at IS NULL),
        last_contact_at = (SELECT max(a.contact_at) FROM activity a WHERE a.regarding = old.regarding AND a.contact_at IS NOT NULL),
        first_contact_at = (SELECT min(a.contact_at) FROM activity a WHERE a.regarding = old.regarding AND a.contact_at IS NOT NULL AND a.direction = 1)
    WHERE number = CAST(substr(old.regarding, 3) AS INTEGER);
END;
CREATE INDEX opportunity_won ON opportunity (owner, actual_close_date) WHERE status = 1 AND deleted_at IS NULL;
