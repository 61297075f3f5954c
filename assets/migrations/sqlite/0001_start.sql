-- Leads, notes, people, lists, and the operation log. Instants are µs UTC, days count from 1970-01-01,
-- money is in ten-thousandths of the record's currency, *_key columns hold text folded by the program.

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE sequence (
    entity TEXT PRIMARY KEY,
    next INTEGER NOT NULL
) STRICT;

CREATE TABLE business_unit (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    parent INTEGER REFERENCES business_unit(number) ON DELETE RESTRICT
) STRICT;

CREATE TABLE app_user (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    login TEXT NOT NULL,
    login_key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1,
    unit INTEGER NOT NULL REFERENCES business_unit(number) ON DELETE RESTRICT
) STRICT;

CREATE TABLE team (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    unit INTEGER NOT NULL REFERENCES business_unit(number) ON DELETE RESTRICT
) STRICT;

CREATE TABLE team_member (
    team INTEGER NOT NULL REFERENCES team(number) ON DELETE CASCADE,
    member INTEGER NOT NULL REFERENCES app_user(number) ON DELETE CASCADE,
    PRIMARY KEY (team, member)
) STRICT;

-- The rows of the sets that people can add to; the fixed sets stand in the program.
CREATE TABLE choice (
    set_name TEXT NOT NULL,
    code INTEGER NOT NULL,
    label TEXT NOT NULL,
    slug TEXT NOT NULL,
    state INTEGER,
    active INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (set_name, code),
    UNIQUE (set_name, slug)
) STRICT;

-- owner is a user's number, or a team's negated.
CREATE TABLE lead (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL DEFAULT 1,
    unit INTEGER NOT NULL REFERENCES business_unit(number) ON DELETE RESTRICT,
    salutation TEXT,
    first_name TEXT,
    middle_name TEXT,
    last_name TEXT,
    name TEXT NOT NULL DEFAULT '',
    job_title TEXT,
    email TEXT,
    phone TEXT,
    mobile_phone TEXT,
    home_phone TEXT,
    other_phone TEXT,
    email2 TEXT,
    email3 TEXT,
    fax TEXT,
    pager TEXT,
    yomi_first_name TEXT,
    yomi_middle_name TEXT,
    yomi_last_name TEXT,
    company TEXT,
    yomi_company TEXT,
    website TEXT,
    industry INTEGER,
    annual_revenue INTEGER,
    employees INTEGER,
    sic TEXT,
    parent_account TEXT,
    parent_contact TEXT,
    topic TEXT,
    source INTEGER,
    rating INTEGER,
    status INTEGER NOT NULL,
    status_reason INTEGER NOT NULL,
    estimated_value INTEGER,
    currency TEXT,
    estimated_close_date INTEGER,
    budget_status INTEGER,
    budget_amount INTEGER,
    need INTEGER,
    purchase_timeframe INTEGER,
    purchase_process INTEGER,
    decision_maker INTEGER NOT NULL DEFAULT 0,
    confirm_interest INTEGER NOT NULL DEFAULT 0,
    evaluate_fit INTEGER NOT NULL DEFAULT 0,
    initial_communication INTEGER,
    follow_up_prospect INTEGER,
    follow_up_qualify INTEGER,
    qualification_comments TEXT,
    description TEXT,
    campaign INTEGER,
    partner INTEGER,
    last_campaign_date INTEGER,
    street TEXT,
    street2 TEXT,
    street3 TEXT,
    postal_code TEXT,
    city TEXT,
    state_or_province TEXT,
    country TEXT,
    county TEXT,
    post_office_box TEXT,
    address_name TEXT,
    address_phone TEXT,
    address_fax TEXT,
    latitude INTEGER,
    longitude INTEGER,
    address2_street TEXT,
    address2_street2 TEXT,
    address2_street3 TEXT,
    address2_postal_code TEXT,
    address2_city TEXT,
    address2_state_or_province TEXT,
    address2_country TEXT,
    address2_county TEXT,
    address2_post_office_box TEXT,
    address2_name TEXT,
    address2_phone TEXT,
    address2_fax TEXT,
    address2_latitude INTEGER,
    address2_longitude INTEGER,
    preferred_contact_method INTEGER,
    do_not_phone INTEGER NOT NULL DEFAULT 0,
    do_not_email INTEGER NOT NULL DEFAULT 0,
    do_not_bulk_email INTEGER NOT NULL DEFAULT 0,
    do_not_mail INTEGER NOT NULL DEFAULT 0,
    do_not_fax INTEGER NOT NULL DEFAULT 0,
    do_not_send_marketing INTEGER NOT NULL DEFAULT 0,
    follow_email INTEGER NOT NULL DEFAULT 1,
    owner INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    modified_by INTEGER NOT NULL,
    closed_at INTEGER,
    deleted_at INTEGER,
    handed_note TEXT,
    import_source TEXT,
    import_key TEXT,
    incomplete TEXT,
    imported_rest TEXT,
    handed_by INTEGER,
    handed_at INTEGER,
    opened_at INTEGER,
    name_key TEXT NOT NULL DEFAULT '',
    company_key TEXT NOT NULL DEFAULT '',
    topic_key TEXT NOT NULL DEFAULT '',
    email_key TEXT NOT NULL DEFAULT '',
    phone_key TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT ''
) STRICT;

-- The sorts that open a list, and the number second so that pages can seek. deleted_at stands in each although it is always
-- NULL there: without it SQLite looks the column up in the table, and the index covers nothing.
CREATE INDEX lead_by_name ON lead (name_key, number, status, owner, source, rating, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX lead_by_company ON lead (company_key, number, status, owner, source, rating, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX lead_by_modified ON lead (modified_at, number, status, owner, source, rating, deleted_at) WHERE deleted_at IS NULL;
-- Every scalar column that lists filter, sort and count by, so that a scan reads this and not the wide rows.
CREATE INDEX lead_scalars ON lead (
    status, owner, source, rating, status_reason, created_at, modified_at, closed_at, estimated_value, currency,
    estimated_close_date, industry, campaign, partner, number, deleted_at
) WHERE deleted_at IS NULL;
CREATE INDEX lead_by_email ON lead (email_key) WHERE email_key <> '';
CREATE INDEX lead_by_phone ON lead (phone_key) WHERE phone_key <> '';
CREATE INDEX lead_deleted ON lead (deleted_at, number) WHERE deleted_at IS NOT NULL;
CREATE INDEX lead_handed ON lead (owner, handed_at) WHERE handed_at IS NOT NULL AND opened_at IS NULL;
CREATE INDEX lead_incomplete ON lead (number) WHERE incomplete IS NOT NULL;
-- A key is made once; only what an undone import left in Deleted may be made again, so uniqueness ends there.
CREATE UNIQUE INDEX lead_import_key ON lead (import_source, import_key) WHERE import_key IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX lead_deleted_key ON lead (import_source, import_key) WHERE import_key IS NOT NULL AND deleted_at IS NOT NULL;

CREATE TABLE tag (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE lead_tag (
    lead INTEGER NOT NULL REFERENCES lead(number) ON DELETE CASCADE,
    tag INTEGER NOT NULL REFERENCES tag(number) ON DELETE RESTRICT,
    PRIMARY KEY (lead, tag)
) STRICT;
CREATE INDEX lead_tag_by_tag ON lead_tag (tag, lead);

-- A note on a record of any entity: entity is the code of the log.
CREATE TABLE note (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL DEFAULT 1,
    entity INTEGER NOT NULL,
    record INTEGER NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    modified_by INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE INDEX note_by_record ON note (entity, record, number);

-- One row for every act. A step is live unless it was undone or is itself an undo.
-- An import covers the numbers first_made to last_made and writes no rows for what it made.
CREATE TABLE operation (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    act TEXT NOT NULL,
    summary TEXT NOT NULL,
    actor INTEGER NOT NULL REFERENCES app_user(number) ON DELETE RESTRICT,
    origin TEXT NOT NULL,
    at INTEGER NOT NULL,
    touched INTEGER NOT NULL DEFAULT 0,
    first_made INTEGER,
    last_made INTEGER,
    undoes INTEGER REFERENCES operation(number) ON DELETE RESTRICT,
    undone_by INTEGER REFERENCES operation(number) ON DELETE RESTRICT
) STRICT;
CREATE INDEX operation_live ON operation (actor, number) WHERE undone_by IS NULL AND undoes IS NULL;

-- One row for every changed field. about is the record whose history shows it: the lead of a note.
CREATE TABLE change (
    number INTEGER PRIMARY KEY,
    operation INTEGER NOT NULL REFERENCES operation(number) ON DELETE RESTRICT,
    entity INTEGER NOT NULL,
    record INTEGER NOT NULL,
    about_entity INTEGER NOT NULL,
    about INTEGER NOT NULL,
    kind TEXT NOT NULL,
    field TEXT NOT NULL,
    old TEXT,
    new TEXT
) STRICT;
CREATE INDEX change_by_operation ON change (operation, number);
CREATE INDEX change_by_record ON change (entity, record, operation);
CREATE INDEX change_by_about ON change (about_entity, about, number);

-- The same for one field of many records at once, in chunks; rows and old are packed by the program.
CREATE TABLE change_set (
    operation INTEGER NOT NULL REFERENCES operation(number) ON DELETE RESTRICT,
    seq INTEGER NOT NULL,
    entity INTEGER NOT NULL,
    kind TEXT NOT NULL,
    field TEXT NOT NULL,
    new TEXT,
    first_record INTEGER NOT NULL,
    last_record INTEGER NOT NULL,
    rows BLOB NOT NULL,
    old BLOB NOT NULL,
    PRIMARY KEY (operation, seq)
) STRICT;

-- Words of every lead, for search by prefix; the text itself stays in the lead. The program cuts them: all but blanks belongs
-- to a word, or the marks of some scripts would break words that it keeps whole.
CREATE VIRTUAL TABLE lead_words USING fts5 (
    words, content = 'lead', content_rowid = 'number', detail = 'none', prefix = '1 2 3 4 5',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);
CREATE TRIGGER lead_words_insert AFTER INSERT ON lead BEGIN
    INSERT INTO lead_words (rowid, words) VALUES (new.number, new.words);
END;
CREATE TRIGGER lead_words_delete AFTER DELETE ON lead BEGIN
    INSERT INTO lead_words (lead_words, rowid, words) VALUES ('delete', old.number, old.words);
END;
CREATE TRIGGER lead_words_update AFTER UPDATE OF words ON lead WHEN old.words IS NOT new.words BEGIN
    INSERT INTO lead_words (lead_words, rowid, words) VALUES ('delete', old.number, old.words);
    INSERT INTO lead_words (rowid, words) VALUES (new.number, new.words);
END;
