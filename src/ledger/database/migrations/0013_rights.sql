-- A key may get a new secret; the one before works until `old_until`. A name belongs to one key at a
-- time, and is free again when that is revoked: cases, approvals and holds hang on the name.

do $$ declare made record; begin
    for made in
        select conname as name from pg_constraint
        where conrelid = 'api_key'::regclass and contype = 'u'
          and pg_get_constraintdef(oid) = 'UNIQUE (tenant_id, name)'
    loop
        execute format('alter table api_key drop constraint %I', made.name);
    end loop;
end $$;
create unique index on api_key (tenant_id, name) where revoked_at is null;
alter table api_key add column old_sha256 bytea, add column old_until timestamptz;
create index on api_key (tenant_id, old_sha256) where old_sha256 is not null;
grant update (sha256, old_sha256, old_until) on api_key to dossier_app;

-- The bytes of documents that came in on a day from people without a key: strangers who use the
-- public form, and holders of a signed link.

create table quota (
    tenant_id text   not null,
    day       date   not null,
    sender    text   not null,  -- a network, a link, or all strangers together
    bytes     bigint not null,
    primary key (tenant_id, day, sender)
);

grant select, insert, update, delete on quota to dossier_app;
