-- People who sign in to the desk: a person has a role, as an API key has, and a mail address to
-- which a code is sent. No password is kept.

create table person (
    tenant_id      text        not null,
    person_id      uuid        not null,
    name           text        not null,  -- becomes the actor of what they record
    role           text        not null,
    business_units text[]      not null,  -- they see; none: all of them
    agency         text,                  -- whose hand-offs an agency sees
    email          text,                  -- in lower case; without it they sign in by a link only
    language       text        not null,
    created_at     timestamptz not null,
    ended_at       timestamptz,
    primary key (tenant_id, person_id)
);
create unique index on person (tenant_id, name) where ended_at is null;
create unique index on person (tenant_id, email) where ended_at is null;

-- An attempt to sign in: a mailed code, or a link that an administrator made. Only hashes are kept.
create table sign_in (
    tenant_id  text        not null,
    sha256     bytea       not null,  -- of the secret in the link, or in the form of the code
    person_id  uuid        not null,
    code       bytea,                 -- hash of the code; null: the link alone signs in
    made_at    timestamptz not null,
    ends_at    timestamptz not null,
    tries      int         not null default 0,
    used_at    timestamptz,
    primary key (tenant_id, sha256)
);
create index on sign_in (tenant_id, person_id, made_at);

create table web_session (
    tenant_id  text        not null,
    sha256     bytea       not null,  -- of the secret in the cookie
    person_id  uuid        not null,
    made_at    timestamptz not null,
    seen_at    timestamptz not null,
    ends_at    timestamptz not null,
    ended_at   timestamptz,
    browser    text        not null,
    primary key (tenant_id, sha256)
);
create index on web_session (tenant_id, person_id) where ended_at is null;

grant select, insert, delete on person, sign_in, web_session to dossier_app;
grant update (ended_at, role, business_units, agency, email, language) on person to dossier_app;
grant update (tries, used_at) on sign_in to dossier_app;
grant update (seen_at, ended_at) on web_session to dossier_app;
