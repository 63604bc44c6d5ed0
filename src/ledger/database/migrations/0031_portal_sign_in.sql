-- Debtors who sign in to their portal by a code that is mailed to an address that we know of them.
-- No person is kept for them: the address speaks for its debtors as long as it is on record.

create table portal_sign_in (
    tenant_id text        not null,
    sha256    bytea       not null,  -- of the secret in the form of the code
    address   text        not null,  -- in lower case
    code      bytea       not null,  -- hash of the code with that secret
    made_at   timestamptz not null,
    ends_at   timestamptz not null,
    tries     int         not null default 0,
    used_at   timestamptz,
    primary key (tenant_id, sha256)
);
create index on portal_sign_in (tenant_id, address, made_at);

create table portal_session (
    tenant_id text        not null,
    sha256    bytea       not null,  -- of the secret in the cookie
    address   text        not null,
    made_at   timestamptz not null,
    seen_at   timestamptz not null,
    ends_at   timestamptz not null,
    ended_at  timestamptz,
    primary key (tenant_id, sha256)
);

grant select, insert, delete on portal_sign_in, portal_session to dossier_app;
grant update (tries, used_at) on portal_sign_in to dossier_app;
grant update (seen_at, ended_at) on portal_session to dossier_app;
