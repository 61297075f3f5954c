-- Products, competitors and campaigns: what leads and opportunities are described with. Campaigns and competitors were rows of the
-- option sets and keep their codes as numbers.

CREATE TABLE product (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL DEFAULT 1,
    unit INTEGER NOT NULL REFERENCES business_unit(number) ON DELETE RESTRICT,
    name TEXT NOT NULL DEFAULT '',
    product_number TEXT,
    price INTEGER,
    currency TEXT,
    status INTEGER NOT NULL,
    status_reason INTEGER NOT NULL,
    description TEXT,
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
    words TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX product_by_name ON product (name_key, number, status, owner, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX product_by_modified ON product (modified_at, number, status, owner, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX product_deleted ON product (deleted_at, number) WHERE deleted_at IS NOT NULL;
CREATE INDEX product_handed ON product (owner, handed_at) WHERE handed_at IS NOT NULL AND opened_at IS NULL;
CREATE INDEX product_incomplete ON product (number) WHERE incomplete IS NOT NULL;
CREATE UNIQUE INDEX product_import_key ON product (import_source, import_key) WHERE import_key IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX product_deleted_key ON product (import_source, import_key) WHERE import_key IS NOT NULL AND deleted_at IS NOT NULL;

CREATE TABLE product_tag (
    product INTEGER NOT NULL REFERENCES product(number) ON DELETE CASCADE,
    tag INTEGER NOT NULL REFERENCES tag(number) ON DELETE RESTRICT,
    PRIMARY KEY (product, tag)
) STRICT;
CREATE INDEX product_tag_by_tag ON product_tag (tag, product);
CREATE VIRTUAL TABLE product_words USING fts5 (
    words, content = 'product', content_rowid = 'number', detail = 'none', prefix = '1 2 3 4 5',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);
CREATE TRIGGER product_words_insert AFTER INSERT ON product BEGIN
    INSERT INTO product_words (rowid, words) VALUES (new.number, new.words);
END;
CREATE TRIGGER product_words_delete AFTER DELETE ON product BEGIN
    INSERT INTO product_words (product_words, rowid, words) VALUES ('delete', old.number, old.words);
END;
CREATE TRIGGER product_words_update AFTER UPDATE OF words ON product WHEN old.words IS NOT new.words BEGIN
    INSERT INTO product_words (product_words, rowid, words) VALUES ('delete', old.number, old.words);
    INSERT INTO product_words (rowid, words) VALUES (new.number, new.words);
END;

CREATE TABLE competitor (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL DEFAULT 1,
    unit INTEGER NOT NULL REFERENCES business_unit(number) ON DELETE RESTRICT,
    name TEXT NOT NULL DEFAULT '',
    website TEXT,
    strengths TEXT,
    weaknesses TEXT,
    description TEXT,
    status INTEGER NOT NULL,
    status_reason INTEGER NOT NULL,
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
    words TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX competitor_by_name ON competitor (name_key, number, status, owner, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX competitor_by_modified ON competitor (modified_at, number, status, owner, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX competitor_deleted ON competitor (deleted_at, number) WHERE deleted_at IS NOT NULL;
CREATE INDEX competitor_handed ON competitor (owner, handed_at) WHERE handed_at IS NOT NULL AND opened_at IS NULL;
CREATE INDEX competitor_incomplete ON competitor (number) WHERE incomplete IS NOT NULL;
CREATE UNIQUE INDEX competitor_import_key ON competitor (import_source, import_key) WHERE import_key IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX competitor_deleted_key ON competitor (import_source, import_key) WHERE import_key IS NOT NULL AND deleted_at IS NOT NULL;

CREATE TABLE competitor_tag (
    competitor INTEGER NOT NULL REFERENCES competitor(number) ON DELETE CASCADE,
    tag INTEGER NOT NULL REFERENCES tag(number) ON DELETE RESTRICT,
    PRIMARY KEY (competitor, tag)
) STRICT;
CREATE INDEX competitor_tag_by_tag ON competitor_tag (tag, competitor);
CREATE VIRTUAL TABLE competitor_words USING fts5 (
    words, content = 'competitor', content_rowid = 'number', detail = 'none', prefix = '1 2 3 4 5',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);
CREATE TRIGGER competitor_words_insert AFTER INSERT ON competitor BEGIN
    INSERT INTO competitor_words (rowid, words) VALUES (new.number, new.words);
END;
CREATE TRIGGER competitor_words_delete AFTER DELETE ON competitor BEGIN
    INSERT INTO competitor_words (competitor_words, rowid, words) VALUES ('delete', old.number, old.words);
END;
CREATE TRIGGER competitor_words_update AFTER UPDATE OF words ON competitor WHEN old.words IS NOT new.words BEGIN
    INSERT INTO competitor_words (competitor_words, rowid, words) VALUES ('delete', old.number, old.words);
    INSERT INTO competitor_words (rowid, words) VALUES (new.number, new.words);
END;

CREATE TABLE campaign (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL DEFAULT 1,
    unit INTEGER NOT NULL REFERENCES business_unit(number) ON DELETE RESTRICT,
    name TEXT NOT NULL DEFAULT '',
    type INTEGER,
    status_reason INTEGER NOT NULL,
    status INTEGER NOT NULL,
    starts INTEGER,
    ends INTEGER,
    budgeted_cost INTEGER,
    actual_cost INTEGER,
    expected_revenue INTEGER,
    currency TEXT,
    expected_response INTEGER,
    description TEXT,
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
    words TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX campaign_by_name ON campaign (name_key, number, status, owner, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX campaign_by_modified ON campaign (modified_at, number, status, owner, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX campaign_deleted ON campaign (deleted_at, number) WHERE deleted_at IS NOT NULL;
CREATE INDEX campaign_handed ON campaign (owner, handed_at) WHERE handed_at IS NOT NULL AND opened_at IS NULL;
CREATE INDEX campaign_incomplete ON campaign (number) WHERE incomplete IS NOT NULL;
CREATE UNIQUE INDEX campaign_import_key ON campaign (import_source, import_key) WHERE import_key IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX campaign_deleted_key ON campaign (import_source, import_key) WHERE import_key IS NOT NULL AND deleted_at IS NOT NULL;

CREATE TABLE campaign_tag (
    campaign INTEGER NOT NULL REFERENCES campaign(number) ON DELETE CASCADE,
    tag INTEGER NOT NULL REFERENCES tag(number) ON DELETE RESTRICT,
    PRIMARY KEY (campaign, tag)
) STRICT;
CREATE INDEX campaign_tag_by_tag ON campaign_tag (tag, campaign);
CREATE VIRTUAL TABLE campaign_words USING fts5 (
    words, content = 'campaign', content_rowid = 'number', detail = 'none', prefix = '1 2 3 4 5',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);
CREATE TRIGGER campaign_words_insert AFTER INSERT ON campaign BEGIN
    INSERT INTO campaign_words (rowid, words) VALUES (new.number, new.words);
END;
CREATE TRIGGER campaign_words_delete AFTER DELETE ON campaign BEGIN
    INSERT INTO campaign_words (campaign_words, rowid, words) VALUES ('delete', old.number, old.words);
END;
CREATE TRIGGER campaign_words_update AFTER UPDATE OF words ON campaign WHEN old.words IS NOT new.words BEGIN
    INSERT INTO campaign_words (campaign_words, rowid, words) VALUES ('delete', old.number, old.words);
    INSERT INTO campaign_words (rowid, words) VALUES (new.number, new.words);
END;

-- What is sold with an opportunity: quantity in ten-thousandths, price of one in ten-thousandths of the opportunity's currency.
CREATE TABLE product_line (
    opportunity INTEGER NOT NULL REFERENCES opportunity(number) ON DELETE CASCADE,
    product INTEGER NOT NULL REFERENCES product(number) ON DELETE CASCADE,
    quantity INTEGER NOT NULL,
    price INTEGER NOT NULL,
    PRIMARY KEY (opportunity, product)
) STRICT;
CREATE INDEX product_line_by_product ON product_line (product, opportunity);

ALTER TABLE lead ADD COLUMN cost INTEGER;
ALTER TABLE opportunity ADD COLUMN value_from_products INTEGER NOT NULL DEFAULT 0;

CREATE INDEX lead_of_campaign ON lead (campaign) WHERE campaign IS NOT NULL;
CREATE INDEX opportunity_of_campaign ON opportunity (campaign) WHERE campaign IS NOT NULL;
CREATE INDEX opportunity_of_competitor ON opportunity (competitor) WHERE competitor IS NOT NULL;

INSERT INTO campaign (number, id, unit, name, status, status_reason, owner, created_at, created_by, modified_at, modified_by, name_key, words)
SELECT c.code, randomblob(16), (SELECT min(number) FROM business_unit), c.label, 1 - c.active,
    CASE WHEN c.active THEN 0 ELSE 6 END, u.number, strftime('%s', 'now') * 1000000, u.number,
    strftime('%s', 'now') * 1000000, u.number, fold(c.label), fold(c.label)
FROM choice c, (SELECT min(number) AS number FROM app_user) u WHERE c.set_name = 'campaign';
INSERT INTO sequence (entity, next) SELECT 'campaign', max(code) + 1 FROM choice WHERE set_name = 'campaign' HAVING count(*) > 0;

INSERT INTO competitor (number, id, unit, name, status, status_reason, owner, created_at, created_by, modified_at, modified_by, name_key, words)
SELECT c.code, randomblob(16), (SELECT min(number) FROM business_unit), c.label, 1 - c.active,
    CASE WHEN c.active THEN 1 ELSE 2 END, u.number, strftime('%s', 'now') * 1000000, u.number,
    strftime('%s', 'now') * 1000000, u.number, fold(c.label), fold(c.label)
FROM choice c, (SELECT min(number) AS number FROM app_user) u WHERE c.set_name = 'competitor';
INSERT INTO sequence (entity, next) SELECT 'competitor', max(code) + 1 FROM choice WHERE set_name = 'competitor' HAVING count(*) > 0;

DELETE FROM choice WHERE set_name IN ('campaign', 'competitor');
