-- Views of the list of today that people keep for themselves: an address with its filters, and a
-- name for it.

create table person_view (
    tenant_id text        not null,
    person_id uuid        not null,
    view_id   uuid        not null,
    name      text        not null,
    filters   jsonb       not null,  -- of the list, by name
    made_at   timestamptz not null,
    primary key (tenant_id, person_id, view_id)
);
create unique index on person_view (tenant_id, person_id, name);

grant select, insert, delete on person_view to dossier_app;
grant update (name) on person_view to dossier_app;
