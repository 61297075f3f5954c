-- Who works here and how, and the definitions that people make: rules, points, views, targets. A definition is read whole, so what it
-- says is one JSON text; its order within its kind is its place.

ALTER TABLE app_user ADD COLUMN work TEXT NOT NULL DEFAULT '{}';
ALTER TABLE team ADD COLUMN queue INTEGER NOT NULL DEFAULT 0;
ALTER TABLE business_unit ADD COLUMN kind TEXT NOT NULL DEFAULT 'internal';
ALTER TABLE business_unit ADD COLUMN partner INTEGER;
ALTER TABLE business_unit ADD COLUMN contact INTEGER;

CREATE TABLE definition (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    place INTEGER NOT NULL,
    owner INTEGER,
    body TEXT NOT NULL
) STRICT;

-- When each user was given a lead last, by a rule or by hand: whose turn it is.
CREATE TABLE last_assigned (
    member INTEGER PRIMARY KEY REFERENCES app_user(number) ON DELETE CASCADE,
    at INTEGER NOT NULL
) STRICT;

-- What the rules did with a lead: the log of a rule, and why a lead has its owner. The rule is none where no rule matched.
CREATE TABLE firing (
    number INTEGER PRIMARY KEY,
    operation INTEGER NOT NULL REFERENCES operation(number) ON DELETE RESTRICT,
    lead INTEGER NOT NULL REFERENCES lead(number) ON DELETE CASCADE,
    rule INTEGER,
    event TEXT NOT NULL,
    at INTEGER NOT NULL,
    given TEXT NOT NULL
) STRICT;
CREATE INDEX firing_by_lead ON firing (lead, number);
CREATE INDEX firing_by_rule ON firing (rule, number);
CREATE INDEX firing_by_operation ON firing (operation);

ALTER TABLE lead ADD COLUMN score INTEGER;
ALTER TABLE lead ADD COLUMN grade INTEGER;
-- the narrow index of the scalar columns has them too: lists by score are sorted from it
DROP INDEX lead_scalars;
CREATE INDEX lead_scalars ON lead (
    status, owner, source, rating, status_reason, created_at, modified_at, closed_at, estimated_value, currency,
    estimated_close_date, industry, campaign, partner, number, deleted_at,
    next_due_at, open_activities, last_activity_at, last_contact_at, score, grade
) WHERE deleted_at IS NULL;
CREATE INDEX lead_by_score ON lead (score, number, status, owner, source, rating, deleted_at) WHERE deleted_at IS NULL AND score IS NOT NULL;
