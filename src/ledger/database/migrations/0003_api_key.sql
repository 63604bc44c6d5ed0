-- Who may ask over HTTP. A key is 32 random bytes; only its SHA-256 is kept.

create table api_key (
    tenant_id      text        not null,
    key_id         uuid        not null,
    sha256         bytea       not null,
    name           text        not null,  -- becomes the actor of what it records
    role           text        not null,
    business_units text[]      not null,  -- it sees; none: all of them
    agency         text,                  -- whose hand-offs an agency sees
    created_at     timestamptz not null,
    expires_at     timestamptz,
    revoked_at     timestamptz,
    last_used_at   timestamptz,
    primary key (tenant_id, key_id),
    unique (tenant_id, sha256),
    unique (tenant_id, name)
);

grant select, insert on api_key to dossier_app;
grant update (revoked_at, last_used_at) on api_key to dossier_app;
