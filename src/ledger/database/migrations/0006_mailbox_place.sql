-- How far each mailbox was read. To read on from an earlier place does no harm: a mail is one book.

create table mailbox_place (
    tenant_id   text   not null,
    mailbox     text   not null,  -- user, host and folder
    uidvalidity bigint not null,  -- RFC 3501: when it is another, so are all UIDs
    uid         bigint not null,  -- of the last mail that was taken in
    primary key (tenant_id, mailbox)
);

grant select, insert, update on mailbox_place to dossier_app;
