-- The access log: who signed in, failed to, signed out, was refused, and which auditor or agency
-- looked at personal data. The application's role adds lines by a function and reads them; it can
-- change none. They are deleted by a function that leaves a line of it.

create table access_log (
    tenant_id text        not null,
    at        timestamptz not null,
    entry_id  uuid        not null,
    event     text        not null,  -- signed-in, sign-in-failed, signed-out, refused, looked, purged
    who       text        not null,  -- a person or a key; empty when nobody is known
    role      text        not null,
    how       text        not null,  -- code, link, key or the name of a provider
    what      text        not null,  -- the page or route, or why it failed
    about     text        not null,  -- the number of the debtor or invoice
    address   text        not null,
    request   text        not null,
    login     text        not null,  -- of the database, which nobody can choose
    primary key (tenant_id, at, entry_id)
);

-- Adds a line; none for a tenant that is not there, whom a stranger may name.
create function note_access(
    tenant text, moment timestamptz, entry uuid, did text, named text, of_role text, means text,
    place text, of_whom text, from_address text, of_request text
) returns void language sql security definer set search_path = ledger, pg_temp as $$
    insert into access_log (
        tenant_id, at, entry_id, event, who, role, how, what, about, address, request, login
    )
    select t.tenant_id, moment, entry, did, named, of_role, means, place, of_whom, from_address,
        of_request, session_user
    from tenant t where t.tenant_id = tenant
$$;

-- Deletes the lines before a moment, and returns how many there were.
create function purge_access(tenant text, before timestamptz, moment timestamptz, entry uuid)
returns bigint language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
    gone bigint;
begin
    delete from access_log l where l.tenant_id = tenant and l.at < before;
    get diagnostics gone = row_count;
    if gone > 0 then
        perform note_access(
            tenant, moment, entry, 'purged', 'clock', '', '',
            gone || ' before ' || to_char(before at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC',
            '', '', '');
    end if;
    return gone;
end $$;

revoke execute on function note_access, purge_access from public;
grant execute on function note_access, purge_access to dossier_app;
grant select on access_log to dossier_app;
