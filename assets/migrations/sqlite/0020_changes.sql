-- What was worth more or less is told in its own currency, and what was won by what was paid then: the log is asked for these as well.

DROP INDEX change_of_deal;
CREATE INDEX change_of_deal ON change (operation, record, field, old, new, kind)
    WHERE entity = 3 AND field IN ('stage', 'status', 'estimated_value', 'actual_value', 'currency');
DROP INDEX change_set_of_deal;
CREATE INDEX change_set_of_deal ON change_set (operation, seq)
    WHERE entity = 3 AND field IN ('stage', 'status', 'estimated_value', 'actual_value', 'currency');
