-- Which mail of a mailbox is being read, and by how many: a mail that ends its process is known by it.

create table mailbox_try (
    tenant_id   text    not null,
    mailbox     text    not null,  -- user, host and folder
    uidvalidity bigint  not null,
    uid         bigint  not null,
    tries       integer not null,  -- that began and did not end
    primary key (tenant_id, mailbox)
);

grant select, insert, update on mailbox_try to dossier_app;
