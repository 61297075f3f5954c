-- Templates, which notes and mails begin with; kind is 1 for notes and 2 for mails.

CREATE TABLE template (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL DEFAULT 1,
    unit INTEGER NOT NULL REFERENCES business_unit(number) ON DELETE RESTRICT,
    name TEXT NOT NULL DEFAULT '',
    kind INTEGER NOT NULL,
    subject TEXT,
    body TEXT,
    status INTEGER NOT NULL,
    status_reason INTEGER NOT NULL,
    description TEXT,
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

-- Notes that stand first.
ALTER TABLE note ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
CREATE INDEX note_pinned ON note (entity, record, number) WHERE pinned = 1;

-- The words of every note in their order, for search by words, phrases and beginnings. The index holds the folded text, the note
-- holds it as it was typed: whoever changes what fold makes of a text rebuilds the index in a step of its own.
CREATE VIEW note_text (number, words) AS SELECT number, fold_words(body) FROM note;
CREATE VIRTUAL TABLE note_words USING fts5 (
    words, content = 'note_text', content_rowid = 'number', detail = 'full', prefix = '1 2 3 4 5',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);
CREATE TRIGGER note_words_insert AFTER INSERT ON note BEGIN
    INSERT INTO note_words (rowid, words) VALUES (new.number, fold_words(new.body));
END;
CREATE TRIGGER note_words_delete AFTER DELETE ON note BEGIN
    INSERT INTO note_words (note_words, rowid, words) VALUES ('delete', old.number, fold_words(old.body));
END;
CREATE TRIGGER note_words_update AFTER UPDATE OF body ON note WHEN old.body IS NOT new.body BEGIN
    INSERT INTO note_words (note_words, rowid, words) VALUES ('delete', old.number, fold_words(old.body));
    INSERT INTO note_words (rowid, words) VALUES (new.number, fold_words(new.body));
END;
INSERT INTO note_words (note_words) VALUES ('rebuild');

-- The tasks that lines of notes have made: every text that such a line had, folded, and its task.
CREATE TABLE note_task (
    note INTEGER NOT NULL REFERENCES note(number) ON DELETE CASCADE,
    line TEXT NOT NULL,
    activity INTEGER NOT NULL REFERENCES activity(number) ON DELETE CASCADE,
    PRIMARY KEY (note, line)
) STRICT;
CREATE INDEX note_task_by_activity ON note_task (activity);
