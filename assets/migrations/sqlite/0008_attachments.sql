-- Files on records. A content is kept once, however many files have it, in chunks of at most 256 KiB; refs counts its files, those
-- in Deleted too, so that it stays while a step that is taken back may need it.

CREATE TABLE blob (
    number INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    refs INTEGER NOT NULL
) STRICT;
CREATE INDEX blob_by_size ON blob (size);

-- Chunks are written while the content is read; what it is called, its hash, is known at its end. So the reference is checked then.
CREATE TABLE blob_chunk (
    blob INTEGER NOT NULL REFERENCES blob(number) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    seq INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (blob, seq)
) STRICT;

CREATE TABLE attachment (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL DEFAULT 1,
    entity INTEGER NOT NULL,
    record INTEGER NOT NULL,
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    blob INTEGER NOT NULL REFERENCES blob(number) ON DELETE RESTRICT,
    created_at INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    modified_by INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE INDEX attachment_by_record ON attachment (entity, record, number, deleted_at);
CREATE INDEX attachment_of_blob ON attachment (blob);
CREATE INDEX attachment_deleted ON attachment (deleted_at, number) WHERE deleted_at IS NOT NULL;
