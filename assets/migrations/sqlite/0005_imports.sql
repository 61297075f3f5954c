-- Imports make records of every kind: which kind the numbers first_made to last_made are of. Until now all of them were leads (4).

ALTER TABLE operation ADD COLUMN made_entity INTEGER NOT NULL DEFAULT 4;
