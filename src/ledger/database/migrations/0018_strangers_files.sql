-- Files that strangers sent by the public form, until somebody files them or their days are over.
-- They are apart from `document`, of which the application can delete nothing.

create table stranger_file (
    tenant_id   text   not null,
    sha256      text   not null,
    received_on date   not null,  -- last
    media_type  text   not null,
    size        bigint not null,
    content     bytea  not null,
    primary key (tenant_id, sha256)
);

grant select, insert, update, delete on stranger_file to dossier_app;
