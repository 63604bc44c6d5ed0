-- A file on the page for imports: it waits for its columns to be named. A job is made from it.

create table import_draft (
    tenant_id text        not null,
    draft_id  uuid        not null,
    made_at   timestamptz not null,
    made_by   text        not null,
    name      text        not null,  -- of the file
    content   bytea       not null,  -- as UTF-8
    header    text        not null,  -- JSON: its columns
    wanted    text        not null,  -- JSON: how it is to be read
    checked   uuid,                  -- the job that checked it last
    primary key (tenant_id, draft_id)
);
create index on import_draft (tenant_id, made_at);

-- How files with the same columns were read before.
create table import_profile (
    tenant_id text        not null,
    name      text        not null,
    header    text        not null,  -- JSON: the columns of the file
    wanted    text        not null,  -- JSON: how it is read
    made_at   timestamptz not null,
    made_by   text        not null,
    primary key (tenant_id, name)
);

alter table job add column plan text;  -- JSON: what a full list would change, if it was only checked

grant select, insert, update, delete on import_draft, import_profile to dossier_app;
