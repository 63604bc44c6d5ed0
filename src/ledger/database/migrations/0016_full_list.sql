-- The days of which a full list of open items was taken in. A list of an earlier day would undo what
-- a later one says, so it is refused.

create table full_list (
    tenant_id text        not null,
    as_of     date        not null,
    at        timestamptz not null,  -- when it was first taken in
    primary key (tenant_id, as_of)
);

grant select, insert on full_list to dossier_app;
