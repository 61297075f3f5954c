-- Mails: one that is of more than one record stands on the first (activity.regarding) and is read on these others too.

CREATE TABLE activity_about (
    activity INTEGER NOT NULL REFERENCES activity(number) ON DELETE CASCADE,
    about TEXT NOT NULL,
    PRIMARY KEY (activity, about)
) STRICT;
CREATE INDEX activity_about_record ON activity_about (about, activity);

-- A mail is known by any of the addresses of whom it is from or to.
CREATE INDEX lead_by_email2 ON lead (lower(email2)) WHERE email2 IS NOT NULL;
CREATE INDEX lead_by_email3 ON lead (lower(email3)) WHERE email3 IS NOT NULL;
CREATE INDEX account_by_email2 ON account (lower(email2)) WHERE email2 IS NOT NULL;
CREATE INDEX account_by_email3 ON account (lower(email3)) WHERE email3 IS NOT NULL;
CREATE INDEX contact_by_email2 ON contact (lower(email2)) WHERE email2 IS NOT NULL;
CREATE INDEX contact_by_email3 ON contact (lower(email3)) WHERE email3 IS NOT NULL;
