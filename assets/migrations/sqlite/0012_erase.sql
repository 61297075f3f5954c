-- Erased people: when a record was made anonymous. It is in Deleted too, so that no list shows it, but it is neither purged nor brought
-- back: reports count it.

ALTER TABLE lead ADD COLUMN erased_at INTEGER;
ALTER TABLE account ADD COLUMN erased_at INTEGER;
ALTER TABLE contact ADD COLUMN erased_at INTEGER;
CREATE INDEX lead_erased ON lead (erased_at, number) WHERE erased_at IS NOT NULL;

-- Steps that touched what was erased: they are not taken back, and undo passes them over.
ALTER TABLE operation ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;
