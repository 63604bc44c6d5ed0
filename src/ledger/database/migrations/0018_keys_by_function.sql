-- Who holds a key is administered by three functions, and each leaves a line of what it did in the
-- same transaction. The application's role reads keys and notes their use; it can make, change or
-- end none by itself, and cannot touch the lines.

create table api_key_change (
    tenant_id      text        not null,
    key_id         uuid        not null,
    nth            int         not null,  -- change of this key
    at             timestamptz not null,
    change         text        not null,  -- made, rotated, revoked or expired
    by             text        not null,  -- as the application named them
    login          text        not null,  -- of the database, which nobody can choose
    name           text        not null,
    role           text        not null,
    business_units text[]      not null,
    agency         text,
    until          timestamptz,           -- last time of a new key, or of the secret before
    primary key (tenant_id, key_id, nth)
);

grant select on api_key_change to dossier_app;

-- Writes the line of a change; only the functions below call it.
create function note_key_change(
    tenant text, key uuid, moment timestamptz, did text, who text, ends timestamptz
) returns void language plpgsql set search_path = ledger, pg_temp as $$
declare
    of_key api_key%rowtype;
    before int;
begin
    select * into strict of_key from api_key k where k.tenant_id = tenant and k.key_id = key;
    select count(*) into before from api_key_change c where c.tenant_id = tenant and c.key_id = key;
    insert into api_key_change values (
        tenant, key, before + 1, moment, did, who, session_user,
        of_key.name, of_key.role, of_key.business_units, of_key.agency, ends);
end $$;

-- Returns whether it was made: false while another key of this name is in use.
create function make_key(
    tenant text, key uuid, hash bytea, named text, of_role text, units text[], of_agency text,
    moment timestamptz, ends timestamptz, who text
) returns boolean language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
    old uuid;
begin
    -- the name of a key that has expired is free
    update api_key k set revoked_at = k.expires_at
    where k.tenant_id = tenant and k.name = named and k.revoked_at is null
        and k.expires_at <= moment
    returning k.key_id into old;
    if found then
        perform note_key_change(tenant, old, moment, 'expired', who, null);
    end if;
    insert into api_key (
        tenant_id, key_id, sha256, name, role, business_units, agency, created_at, expires_at
    ) values (tenant, key, hash, named, of_role, units, of_agency, moment, ends)
    on conflict do nothing;
    if not found then
        return false;
    end if;
    perform note_key_change(tenant, key, moment, 'made', who, ends);
    return true;
end $$;

-- Returns whether a key of this name was in use: it has a new secret, and the present one a last day.
create function rotate_key(
    tenant text, named text, hash bytea, moment timestamptz, ends timestamptz, who text
) returns boolean language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
    key uuid;
begin
    update api_key k set old_sha256 = k.sha256, old_until = ends, sha256 = hash
    where k.tenant_id = tenant and k.name = named and k.revoked_at is null
        and (k.expires_at is null or k.expires_at > moment)
    returning k.key_id into key;
    if not found then
        return false;
    end if;
    perform note_key_change(tenant, key, moment, 'rotated', who, ends);
    return true;
end $$;

-- Returns whether a key of this name was there to revoke.
create function revoke_key(tenant text, named text, moment timestamptz, who text)
returns boolean language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
    key uuid;
begin
    update api_key k set revoked_at = moment
    where k.tenant_id = tenant and k.name = named and k.revoked_at is null
    returning k.key_id into key;
    if not found then
        return false;
    end if;
    perform note_key_change(tenant, key, moment, 'revoked', who, null);
    return true;
end $$;

revoke execute on function note_key_change, make_key, rotate_key, revoke_key from public;
grant execute on function make_key, rotate_key, revoke_key to dossier_app;
revoke insert, delete on api_key from dossier_app;
revoke update (revoked_at, sha256, old_sha256, old_until) on api_key from dossier_app;
