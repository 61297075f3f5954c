-- Who once owned a record is asked of the log: by the owner before, and only of changes of the owner.

CREATE INDEX change_of_owner ON change (entity, old, record) WHERE field = 'owner';
