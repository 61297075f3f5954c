-- What reports count leads by, so that they read this and not the wide rows. What the condition asks for stands in it too, or the rows are
-- read all the same. Merged leads are few and are counted nowhere.

CREATE INDEX lead_report ON lead (
    status, source, owner, created_at, closed_at, status_reason, partner, parent_account, parent_contact, first_contact_at, rating,
    open_activities, number, deleted_at, merged
) WHERE deleted_at IS NULL AND merged = 0;
CREATE INDEX lead_merged ON lead (number, merged) WHERE merged = 1;
CREATE INDEX lead_with_cost ON lead (number, cost, currency, merged, deleted_at) WHERE cost IS NOT NULL;

-- Which leads have a customer, by state: the few that did not become one are found without the others.
CREATE INDEX lead_tied_account ON lead (
    status, parent_account, number, source, created_at, closed_at, parent_contact, deleted_at, merged
) WHERE parent_account IS NOT NULL;
CREATE INDEX lead_tied_contact ON lead (
    status, parent_contact, number, source, created_at, closed_at, parent_account, deleted_at, merged
) WHERE parent_contact IS NOT NULL;

-- What a campaign brought, by source.
DROP INDEX lead_of_campaign;
CREATE INDEX lead_of_campaign ON lead (campaign, source, cost, number, merged, deleted_at, erased_at) WHERE campaign IS NOT NULL;

-- What was moved, won, lost and valued anew, and when.
CREATE INDEX change_of_deal ON change (operation, record, field, old, new, kind)
    WHERE entity = 3 AND field IN ('stage', 'status', 'estimated_value');
CREATE INDEX change_set_of_deal ON change_set (operation, seq) WHERE entity = 3 AND field IN ('stage', 'status', 'estimated_value');
CREATE INDEX operation_by_at ON operation (at, number);

-- What was done, by whom.
CREATE INDEX activity_report ON activity (owner, kind, outcome, direction, actual_end, number, status, deleted_at)
    WHERE status = 1 AND deleted_at IS NULL;
