-- Customer requests: what a lead, an account or a contact asked for. The customer is named in `regarding` as people name it: L-1042.

CREATE TABLE request (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL DEFAULT 1,
    unit INTEGER NOT NULL REFERENCES business_unit(number) ON DELETE RESTRICT,
    name TEXT NOT NULL DEFAULT '',
    regarding TEXT,
    type INTEGER,
    product INTEGER REFERENCES product(number) ON DELETE SET NULL,
    priority INTEGER,
    origin INTEGER,
    due_at INTEGER,
    resolution TEXT,
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

CREATE INDEX request_by_name ON request (name_key, number, status, owner, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX request_by_modified ON request (modified_at, number, status, owner, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX request_deleted ON request (deleted_at, number) WHERE deleted_at IS NOT NULL;
CREATE INDEX request_handed ON request (owner, handed_at) WHERE handed_at IS NOT NULL AND opened_at IS NULL;
CREATE INDEX request_incomplete ON request (number) WHERE incomplete IS NOT NULL;
CREATE UNIQUE INDEX request_import_key ON request (import_source, import_key) WHERE import_key IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX request_deleted_key ON request (import_source, import_key) WHERE import_key IS NOT NULL AND deleted_at IS NOT NULL;

CREATE TABLE request_tag (
    request INTEGER NOT NULL REFERENCES request(number) ON DELETE CASCADE,
    tag INTEGER NOT NULL REFERENCES tag(number) ON DELETE RESTRICT,
    PRIMARY KEY (request, tag)
) STRICT;
CREATE INDEX request_tag_by_tag ON request_tag (tag, request);
CREATE VIRTUAL TABLE request_words USING fts5 (
    words, content = 'request', content_rowid = 'number', detail = 'none', prefix = '1 2 3 4 5',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);
CREATE TRIGGER request_words_insert AFTER INSERT ON request BEGIN
    INSERT INTO request_words (rowid, words) VALUES (new.number, new.words);
END;
CREATE TRIGGER request_words_delete AFTER DELETE ON request BEGIN
    INSERT INTO request_words (request_words, rowid, words) VALUES ('delete', old.number, old.words);
END;
CREATE TRIGGER request_words_update AFTER UPDATE OF words ON request WHEN old.words IS NOT new.words BEGIN
    INSERT INTO request_words (request_words, rowid, words) VALUES ('delete', old.number, old.words);
    INSERT INTO request_words (rowid, words) VALUES (new.number, new.words);
END;
CREATE INDEX request_of_regarding ON request (regarding, number) WHERE regarding IS NOT NULL;
CREATE INDEX request_of_product ON request (product) WHERE product IS NOT NULL;
CREATE INDEX request_by_due ON request (due_at, number, status, owner, deleted_at) WHERE due_at IS NOT NULL AND deleted_at IS NULL;

ALTER TABLE lead ADD COLUMN originating_request INTEGER REFERENCES request(number) ON DELETE SET NULL;
CREATE INDEX lead_of_originating_request ON lead (originating_request) WHERE originating_request IS NOT NULL;
