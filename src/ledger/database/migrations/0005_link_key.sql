-- Secrets that sign the links in our mails. Each tenant has its own; the last two are good, so
-- that links that were sent before the newest was made still open.

create table link_key (
    tenant_id text        not null,
    made_at   timestamptz not null,
    secret    text        not null,
    primary key (tenant_id, made_at)
);

grant select, insert, delete on link_key to dossier_app;
