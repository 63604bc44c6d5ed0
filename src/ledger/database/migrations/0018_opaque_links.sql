-- What the links in our mails are for. A link's token is a random number of the tenant and a keyed
-- hash, so that it tells nothing by itself; what it stands for is found here.

create table link (
    tenant_id text        not null,
    sha256    bytea       not null,  -- of the token, which is not kept
    kind      text        not null,
    case_id   uuid,                  -- none for a calendar
    person    text        not null,  -- it was sent to
    made_at   timestamptz not null,
    primary key (tenant_id, sha256)
);

grant select, insert, delete on link to dossier_app;

alter table tenant add column link_handle uuid;  -- random; its tokens begin with it
