-- What came of sales, by state: the reports of sources, owners, units and partners read this alone. Those that are not won count where their
-- lead does, so they stand in the order of the leads.

CREATE INDEX opportunity_report ON opportunity (
    status, originating_lead, account, contact, actual_value, currency, number, deleted_at
) WHERE deleted_at IS NULL;

-- Who is there twice by name and company is told by this index alone.
DROP INDEX lead_by_company;
CREATE INDEX lead_by_company ON lead (company_key, number, status, owner, source, rating, deleted_at, name_key, merged)
    WHERE deleted_at IS NULL;
DROP INDEX lead_incomplete;
CREATE INDEX lead_incomplete ON lead (incomplete, number) WHERE incomplete IS NOT NULL;
