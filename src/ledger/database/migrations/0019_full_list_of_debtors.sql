-- The days of which a full list of debtors was taken in: beside those of open items, as each has
-- its own days.

create table full_debtor_list (
    tenant_id text        not null,
    as_of     date        not null,
    at        timestamptz not null,  -- when it was first taken in
    primary key (tenant_id, as_of)
);

grant select, insert on full_debtor_list to dossier_app;
