-- Notes that an import made are known again by their key, as records are; what of their row went nowhere is kept with them.

ALTER TABLE note ADD COLUMN import_source TEXT;
ALTER TABLE note ADD COLUMN import_key TEXT;
ALTER TABLE note ADD COLUMN imported_rest TEXT;
CREATE UNIQUE INDEX note_import_key ON note (import_source, import_key) WHERE import_key IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX note_deleted_key ON note (import_source, import_key) WHERE import_key IS NOT NULL AND deleted_at IS NOT NULL;
