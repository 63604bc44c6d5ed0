-- Links by which a debtor opens one invoice. The debtor is part of what it is for: an invoice that is
-- given to another debtor is not theirs any more.

alter table link add column invoice_id uuid;  -- none for a case or a calendar
alter table link add column debtor text;      -- as above
