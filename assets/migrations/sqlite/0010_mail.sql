-- Mails: one that is of more than one record stands on the first (activity.regarding) and is read on these others too.

CREATE TABLE activity_about (
    activity INTEGER NOT NULL REFERENCES activity(number) ON DELETE CASCADE,
    about TEXT NOT NULL,
    PRIMARY KEY (activity, about)
) STRICT;
CREATE INDEX activity_about_record ON activity_about (about, activity);

-- A mail is known by any of the addresses of whom it is from or to.
CREATE INDEX lead_by_email2 ON lead (lower(email2)) WHERE email2 IS NOT NULL;
CREATE INDEX lead_by_email3 ON lead (lower(email3)) WHERE email3 IS NOT NULL;
CREATE INDEX account_by_email2 ON account (lower(email2)) WHERE email2 IS NOT NULL;
CREATE INDEX account_by_email3 ON account (lower(email3)) WHERE email3 IS NOT NULL;
CREATE INDEX contact_by_email2 ON contact (lower(email2)) WHERE email2 IS NOT NULL;
CREATE INDEX contact_by_email3 ON contact (lower(email3)) WHERE email3 IS NOT NULL;

-- The texts of mails that are written often.
CREATE TABLE template (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL DEFAULT 1,
    unit INTEGER NOT NULL REFERENCES business_unit(number) ON DELETE RESTRICT,
    name TEXT NOT NULL DEFAULT '',
    subject TEXT,
    status INTEGER NOT NULL,
    status_reason INTEGER NOT NULL,
    body TEXT,
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
    words TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX template_by_name ON template (name_key, number, status, owner, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX template_by_modified ON template (modified_at, number, status, owner, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX template_deleted ON template (deleted_at, number) WHERE deleted_at IS NOT NULL;
CREATE INDEX template_handed ON template (owner, handed_at) WHERE handed_at IS NOT NULL AND opened_at IS NULL;
CREATE INDEX template_incomplete ON template (number) WHERE incomplete IS NOT NULL;
CREATE UNIQUE INDEX template_import_key ON template (import_source, import_key) WHERE import_key IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX template_deleted_key ON template (import_source, import_key) WHERE import_key IS NOT NULL AND deleted_at IS NOT NULL;

CREATE TABLE template_tag (
    template INTEGER NOT NULL REFERENCES template(number) ON DELETE CASCADE,
    tag INTEGER NOT NULL REFERENCES tag(number) ON DELETE RESTRICT,
    PRIMARY KEY (template, tag)
) STRICT;
CREATE INDEX template_tag_by_tag ON template_tag (tag, template);
CREATE VIRTUAL TABLE template_words USING fts5 (
    words, content = 'template', content_rowid = 'number', detail = 'none', prefix = '1 2 3 4 5',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);
CREATE TRIGGER template_words_insert AFTER INSERT ON template BEGIN
    INSERT INTO template_words (rowid, words) VALUES (new.number, new.words);
END;
CREATE TRIGGER template_words_delete AFTER DELETE ON template BEGIN
    INSERT INTO template_words (template_words, rowid, words) VALUES ('delete', old.number, old.words);
END;
CREATE TRIGGER template_words_update AFTER UPDATE OF words ON template WHEN old.words IS NOT new.words BEGIN
    INSERT INTO template_words (template_words, rowid, words) VALUES ('delete', old.number, old.words);
    INSERT INTO template_words (rowid, words) VALUES (new.number, new.words);
END;
