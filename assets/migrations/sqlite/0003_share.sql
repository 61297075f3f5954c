-- Sharing: what a user or a team may do with a record beside what role and ownership give. A principal is written as an owner is, a
-- user's number or a team's negated; rights are the sum of the bits of Dynamics' access rights.

CREATE TABLE share (
    entity INTEGER NOT NULL,
    record INTEGER NOT NULL,
    principal INTEGER NOT NULL,
    rights INTEGER NOT NULL,
    PRIMARY KEY (entity, record, principal)
) STRICT;

CREATE INDEX share_by_principal ON share (principal, entity, record);
