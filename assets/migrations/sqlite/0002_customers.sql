-- Accounts, contacts and opportunities: what a qualified lead becomes. The columns mean what they mean in a lead; a reference that
-- leads to a record that is purged is emptied.

CREATE TABLE account (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL DEFAULT 1,
    unit INTEGER NOT NULL REFERENCES business_unit(number) ON DELETE RESTRICT,
    name TEXT NOT NULL DEFAULT '',
    phone TEXT,
    email TEXT,
    website TEXT,
    primary_contact INTEGER REFERENCES contact(number) ON DELETE SET NULL,
    parent_account INTEGER REFERENCES account(number) ON DELETE SET NULL,
    relationship INTEGER,
    industry INTEGER,
    annual_revenue INTEGER,
    currency TEXT,
    employees INTEGER,
    sic TEXT,
    other_phone TEXT,
    fax TEXT,
    email2 TEXT,
    email3 TEXT,
    yomi_name TEXT,
    description TEXT,
    originating_lead INTEGER REFERENCES lead(number) ON DELETE SET NULL,
    status INTEGER NOT NULL,
    status_reason INTEGER NOT NULL,
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
    handed_by INTEGER,
    handed_at INTEGER,
    handed_note TEXT,
    opened_at INTEGER,
    import_source TEXT,
    import_key TEXT,
    incomplete TEXT,
    imported_rest TEXT,
    name_key TEXT NOT NULL DEFAULT '',
    email_key TEXT NOT NULL DEFAULT '',
    phone_key TEXT NOT NULL DEFAULT '',
    stem_key TEXT NOT NULL DEFAULT '',
    domain_key TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE contact (
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
    birthday INTEGER,
    yomi_first_name TEXT,
    yomi_middle_name TEXT,
    yomi_last_name TEXT,
    account INTEGER REFERENCES account(number) ON DELETE SET NULL,
    department TEXT,
    role INTEGER,
    website TEXT,
    description TEXT,
    originating_lead INTEGER REFERENCES lead(number) ON DELETE SET NULL,
    status INTEGER NOT NULL,
    status_reason INTEGER NOT NULL,
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
    handed_by INTEGER,
    handed_at INTEGER,
    handed_note TEXT,
    opened_at INTEGER,
    import_source TEXT,
    import_key TEXT,
    incomplete TEXT,
    imported_rest TEXT,
    name_key TEXT NOT NULL DEFAULT '',
    email_key TEXT NOT NULL DEFAULT '',
    phone_key TEXT NOT NULL DEFAULT '',
    domain_key TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE opportunity (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL DEFAULT 1,
    unit INTEGER NOT NULL REFERENCES business_unit(number) ON DELETE RESTRICT,
    name TEXT NOT NULL DEFAULT '',
    account INTEGER REFERENCES account(number) ON DELETE SET NULL,
    contact INTEGER REFERENCES contact(number) ON DELETE SET NULL,
    email TEXT,
    stage INTEGER,
    status INTEGER NOT NULL,
    status_reason INTEGER NOT NULL,
    rating INTEGER,
    estimated_value INTEGER,
    currency TEXT,
    estimated_close_date INTEGER,
    probability INTEGER,
    forecast_category INTEGER,
    actual_value INTEGER,
    actual_close_date INTEGER,
    competitor INTEGER,
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
    customer_need TEXT,
    proposed_solution TEXT,
    identify_stakeholders INTEGER NOT NULL DEFAULT 0,
    identify_competitors INTEGER NOT NULL DEFAULT 0,
    identify_sales_team INTEGER NOT NULL DEFAULT 0,
    develop_proposal INTEGER NOT NULL DEFAULT 0,
    complete_internal_review INTEGER NOT NULL DEFAULT 0,
    present_proposal INTEGER NOT NULL DEFAULT 0,
    complete_final_proposal INTEGER NOT NULL DEFAULT 0,
    present_final_proposal INTEGER NOT NULL DEFAULT 0,
    final_decision_date INTEGER,
    send_thank_you INTEGER NOT NULL DEFAULT 0,
    file_debrief INTEGER NOT NULL DEFAULT 0,
    description TEXT,
    campaign INTEGER,
    originating_lead INTEGER REFERENCES lead(number) ON DELETE SET NULL,
    owner INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    modified_by INTEGER NOT NULL,
    closed_at INTEGER,
    deleted_at INTEGER,
    handed_by INTEGER,
    handed_at INTEGER,
    handed_note TEXT,
    opened_at INTEGER,
    import_source TEXT,
    import_key TEXT,
    incomplete TEXT,
    imported_rest TEXT,
    name_key TEXT NOT NULL DEFAULT '',
    email_key TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX account_by_name ON account (name_key, number, status, owner, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX account_by_modified ON account (modified_at, number, status, owner, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX account_scalars ON account (
    status, owner, industry, relationship, created_at, modified_at, annual_revenue, employees, number, deleted_at
) WHERE deleted_at IS NULL;
CREATE INDEX account_by_email ON account (email_key) WHERE email_key <> '';
CREATE INDEX account_by_phone ON account (phone_key) WHERE phone_key <> '';
CREATE INDEX account_by_domain ON account (domain_key) WHERE domain_key <> '';
CREATE INDEX account_deleted ON account (deleted_at, number) WHERE deleted_at IS NOT NULL;
CREATE INDEX account_handed ON account (owner, handed_at) WHERE handed_at IS NOT NULL AND opened_at IS NULL;
CREATE INDEX account_incomplete ON account (number) WHERE incomplete IS NOT NULL;
CREATE UNIQUE INDEX account_import_key ON account (import_source, import_key) WHERE import_key IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX account_deleted_key ON account (import_source, import_key) WHERE import_key IS NOT NULL AND deleted_at IS NOT NULL;
CREATE INDEX contact_by_name ON contact (name_key, number, status, owner, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX contact_by_modified ON contact (modified_at, number, status, owner, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX contact_scalars ON contact (
    status, owner, account, created_at, modified_at, number, deleted_at
) WHERE deleted_at IS NULL;
CREATE INDEX contact_by_email ON contact (email_key) WHERE email_key <> '';
CREATE INDEX contact_by_phone ON contact (phone_key) WHERE phone_key <> '';
CREATE INDEX contact_by_domain ON contact (domain_key) WHERE domain_key <> '';
CREATE INDEX contact_deleted ON contact (deleted_at, number) WHERE deleted_at IS NOT NULL;
CREATE INDEX contact_handed ON contact (owner, handed_at) WHERE handed_at IS NOT NULL AND opened_at IS NULL;
CREATE INDEX contact_incomplete ON contact (number) WHERE incomplete IS NOT NULL;
CREATE UNIQUE INDEX contact_import_key ON contact (import_source, import_key) WHERE import_key IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX contact_deleted_key ON contact (import_source, import_key) WHERE import_key IS NOT NULL AND deleted_at IS NOT NULL;
CREATE INDEX opportunity_by_name ON opportunity (name_key, number, status, owner, rating, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX opportunity_by_modified ON opportunity (modified_at, number, status, owner, rating, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX opportunity_scalars ON opportunity (
    status, owner, stage, rating, status_reason, forecast_category, created_at, modified_at, estimated_value, currency,
    estimated_close_date, actual_value, actual_close_date, probability, account, contact, originating_lead, number, deleted_at
) WHERE deleted_at IS NULL;
CREATE INDEX opportunity_by_email ON opportunity (email_key) WHERE email_key <> '';
CREATE INDEX opportunity_deleted ON opportunity (deleted_at, number) WHERE deleted_at IS NOT NULL;
CREATE INDEX opportunity_handed ON opportunity (owner, handed_at) WHERE handed_at IS NOT NULL AND opened_at IS NULL;
CREATE INDEX opportunity_incomplete ON opportunity (number) WHERE incomplete IS NOT NULL;
CREATE UNIQUE INDEX opportunity_import_key ON opportunity (import_source, import_key) WHERE import_key IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX opportunity_deleted_key ON opportunity (import_source, import_key) WHERE import_key IS NOT NULL AND deleted_at IS NOT NULL;
CREATE INDEX account_by_stem ON account (stem_key) WHERE stem_key <> '';

CREATE INDEX account_of_parent_account ON account (parent_account) WHERE parent_account IS NOT NULL;
CREATE INDEX account_of_primary_contact ON account (primary_contact) WHERE primary_contact IS NOT NULL;
CREATE INDEX account_of_originating_lead ON account (originating_lead) WHERE originating_lead IS NOT NULL;
CREATE INDEX contact_of_account ON contact (account) WHERE account IS NOT NULL;
CREATE INDEX contact_of_originating_lead ON contact (originating_lead) WHERE originating_lead IS NOT NULL;
CREATE INDEX opportunity_of_account ON opportunity (account) WHERE account IS NOT NULL;
CREATE INDEX opportunity_of_contact ON opportunity (contact) WHERE contact IS NOT NULL;
CREATE INDEX opportunity_of_originating_lead ON opportunity (originating_lead) WHERE originating_lead IS NOT NULL;

CREATE TABLE account_tag (
    account INTEGER NOT NULL REFERENCES account(number) ON DELETE CASCADE,
    tag INTEGER NOT NULL REFERENCES tag(number) ON DELETE RESTRICT,
    PRIMARY KEY (account, tag)
) STRICT;
CREATE INDEX account_tag_by_tag ON account_tag (tag, account);
CREATE VIRTUAL TABLE account_words USING fts5 (
    words, content = 'account', content_rowid = 'number', detail = 'none', prefix = '1 2 3 4 5',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);
CREATE TRIGGER account_words_insert AFTER INSERT ON account BEGIN
    INSERT INTO account_words (rowid, words) VALUES (new.number, new.words);
END;
CREATE TRIGGER account_words_delete AFTER DELETE ON account BEGIN
    INSERT INTO account_words (account_words, rowid, words) VALUES ('delete', old.number, old.words);
END;
CREATE TRIGGER account_words_update AFTER UPDATE OF words ON account WHEN old.words IS NOT new.words BEGIN
    INSERT INTO account_words (account_words, rowid, words) VALUES ('delete', old.number, old.words);
    INSERT INTO account_words (rowid, words) VALUES (new.number, new.words);
END;

CREATE TABLE contact_tag (
    contact INTEGER NOT NULL REFERENCES contact(number) ON DELETE CASCADE,
    tag INTEGER NOT NULL REFERENCES tag(number) ON DELETE RESTRICT,
    PRIMARY KEY (contact, tag)
) STRICT;
CREATE INDEX contact_tag_by_tag ON contact_tag (tag, contact);
CREATE VIRTUAL TABLE contact_words USING fts5 (
    words, content = 'contact', content_rowid = 'number', detail = 'none', prefix = '1 2 3 4 5',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);
CREATE TRIGGER contact_words_insert AFTER INSERT ON contact BEGIN
    INSERT INTO contact_words (rowid, words) VALUES (new.number, new.words);
END;
CREATE TRIGGER contact_words_delete AFTER DELETE ON contact BEGIN
    INSERT INTO contact_words (contact_words, rowid, words) VALUES ('delete', old.number, old.words);
END;
CREATE TRIGGER contact_words_update AFTER UPDATE OF words ON contact WHEN old.words IS NOT new.words BEGIN
    INSERT INTO contact_words (contact_words, rowid, words) VALUES ('delete', old.number, old.words);
    INSERT INTO contact_words (rowid, words) VALUES (new.number, new.words);
END;

CREATE TABLE opportunity_tag (
    opportunity INTEGER NOT NULL REFERENCES opportunity(number) ON DELETE CASCADE,
    tag INTEGER NOT NULL REFERENCES tag(number) ON DELETE RESTRICT,
    PRIMARY KEY (opportunity, tag)
) STRICT;
CREATE INDEX opportunity_tag_by_tag ON opportunity_tag (tag, opportunity);
CREATE VIRTUAL TABLE opportunity_words USING fts5 (
    words, content = 'opportunity', content_rowid = 'number', detail = 'none', prefix = '1 2 3 4 5',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);
CREATE TRIGGER opportunity_words_insert AFTER INSERT ON opportunity BEGIN
    INSERT INTO opportunity_words (rowid, words) VALUES (new.number, new.words);
END;
CREATE TRIGGER opportunity_words_delete AFTER DELETE ON opportunity BEGIN
    INSERT INTO opportunity_words (opportunity_words, rowid, words) VALUES ('delete', old.number, old.words);
END;
CREATE TRIGGER opportunity_words_update AFTER UPDATE OF words ON opportunity WHEN old.words IS NOT new.words BEGIN
    INSERT INTO opportunity_words (opportunity_words, rowid, words) VALUES ('delete', old.number, old.words);
    INSERT INTO opportunity_words (rowid, words) VALUES (new.number, new.words);
END;

-- A lead's parents become references. Until now they were texts, which are kept with the rest of what was imported.
UPDATE lead SET imported_rest = coalesce(imported_rest || char(10), '') || 'Parent Account: ' || parent_account
WHERE parent_account <> '';
UPDATE lead SET imported_rest = coalesce(imported_rest || char(10), '') || 'Parent Contact: ' || parent_contact
WHERE parent_contact <> '';
UPDATE change SET old = NULL, new = NULL WHERE entity = 4 AND field IN ('parent_account', 'parent_contact');
ALTER TABLE lead DROP COLUMN parent_account;
ALTER TABLE lead DROP COLUMN parent_contact;
ALTER TABLE lead ADD COLUMN parent_account INTEGER REFERENCES account(number) ON DELETE SET NULL;
ALTER TABLE lead ADD COLUMN parent_contact INTEGER REFERENCES contact(number) ON DELETE SET NULL;
CREATE INDEX lead_of_parent_account ON lead (parent_account) WHERE parent_account IS NOT NULL;
CREATE INDEX lead_of_parent_contact ON lead (parent_contact) WHERE parent_contact IS NOT NULL;

-- Two records tied to each other beside their references: a stakeholder, a partner, another customer. One row for both sides,
-- the one with the lesser entity code, then number, first.
CREATE TABLE link (
    first_entity INTEGER NOT NULL,
    first_record INTEGER NOT NULL,
    second_entity INTEGER NOT NULL,
    second_record INTEGER NOT NULL,
    role TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (first_entity, first_record, second_entity, second_record)
) STRICT;
CREATE INDEX link_by_second ON link (second_entity, second_record);
