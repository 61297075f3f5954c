-- What reports count leads by, so that they read this and not the wide rows. What the condition asks for stands in it too, or the rows are
-- read all the same. Merged leads are few and are counted nowhere.

CREATE INDEX lead_report ON lead (
    source, status, owner, partner, created_at, closed_at, status_reason, campaign, parent_account, parent_contact, first_contact_at,
    rating, open_activities, number, deleted_at, merged
) WHERE deleted_at IS NULL AND merged = 0;
CREATE INDEX lead_merged ON lead (number, merged) WHERE merged = 1;
CREATE INDEX lead_with_cost ON lead (number, cost, currency, merged, deleted_at) WHERE cost IS NOT NULL;
