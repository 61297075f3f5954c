-- Merged records: which ones are, and the one that each was merged into. A master that is purged leaves the flag.

ALTER TABLE lead ADD COLUMN merged INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lead ADD COLUMN master INTEGER REFERENCES lead(number) ON DELETE SET NULL;
ALTER TABLE account ADD COLUMN merged INTEGER NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN master INTEGER REFERENCES account(number) ON DELETE SET NULL;
ALTER TABLE contact ADD COLUMN merged INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contact ADD COLUMN master INTEGER REFERENCES contact(number) ON DELETE SET NULL;

CREATE INDEX lead_of_master ON lead (master) WHERE master IS NOT NULL;
CREATE INDEX account_of_master ON account (master) WHERE master IS NOT NULL;
CREATE INDEX contact_of_master ON contact (master) WHERE master IS NOT NULL;
