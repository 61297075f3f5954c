-- What gave users their turns: a row for each user and step, so that a turn goes with a step that is taken back and comes with one that
-- is brought again. The step is 0 for what was given before this was kept. last_assigned is the newest that holds.
CREATE TABLE turn (
    member INTEGER NOT NULL REFERENCES app_user(number) ON DELETE CASCADE,
    operation INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (member, operation)
) STRICT;
INSERT INTO turn (member, operation, at) SELECT member, 0, at FROM last_assigned;
CREATE INDEX turn_by_member ON turn (member, at);
CREATE INDEX turn_by_operation ON turn (operation);
