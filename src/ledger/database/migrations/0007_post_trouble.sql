-- What keeps the postman from going, by channel. It is no fact of any message: it passes.

create table post_trouble (
    tenant_id text        not null,
    channel   text        not null,  -- e-mail, or letter
    since     timestamptz not null,
    why       text        not null,
    primary key (tenant_id, channel)
);

grant select, insert, update, delete on post_trouble to dossier_app;
