-- A key belongs to a program, or to a person: then it has the person's name and rights of now, and
-- ends with them.

alter table api_key add column person_id uuid;

-- Returns whether it was made: false while another key of this name is in use. The rights that are
-- kept with the key are those of that day; who asks by it has those of the person.
create function make_key_of(
    tenant text, key uuid, hash bytea, named text, of_person uuid, moment timestamptz,
    ends timestamptz, who text
) returns boolean language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
    of_them person%rowtype;
begin
    select * into of_them from person p
    where p.tenant_id = tenant and p.person_id = of_person and p.ended_at is null for update;
    if not found then
        return false;
    end if;
    if not make_key(tenant, key, hash, named, of_them.role, of_them.business_units, of_them.agency,
        moment, ends, who) then
        return false;
    end if;
    update api_key k set person_id = of_person where k.tenant_id = tenant and k.key_id = key;
    return true;
end $$;

create or replace function end_person(tenant text, named text, moment timestamptz, who text)
returns boolean language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
    person uuid;
    of_them text;
begin
    update person p set ended_at = moment
    where p.tenant_id = tenant and p.name = named and p.ended_at is null
    returning p.person_id into person;
    if not found then
        return false;
    end if;
    update web_session s set ended_at = moment
    where s.tenant_id = tenant and s.person_id = person and s.ended_at is null;
    update sign_in s set used_at = moment
    where s.tenant_id = tenant and s.person_id = person and s.used_at is null;
    for of_them in
        select k.name from api_key k
        where k.tenant_id = tenant and k.person_id = person and k.revoked_at is null
    loop
        perform revoke_key(tenant, of_them, moment, who);
    end loop;
    perform note_person_change(tenant, person, moment, 'ended', who);
    return true;
end $$;

revoke execute on function make_key_of from public;
grant execute on function make_key_of to dossier_app;
