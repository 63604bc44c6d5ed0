-- An administrator changes a person. The line of each change has the mail address and the language
-- too: codes are mailed to that address.

alter table person_change add column email text, add column language text;

create or replace function note_person_change(
    tenant text, person uuid, moment timestamptz, did text, who text
) returns void language plpgsql set search_path = ledger, pg_temp as $$
declare
    of_person person%rowtype;
    before int;
begin
    select * into strict of_person from person p where p.tenant_id = tenant and p.person_id = person;
    select count(*) into before from person_change c
    where c.tenant_id = tenant and c.person_id = person;
    insert into person_change (
        tenant_id, person_id, nth, at, change, by, login, name, role, business_units, agency, email,
        language
    ) values (
        tenant, person, before + 1, moment, did, who, session_user,
        of_person.name, of_person.role, of_person.business_units, of_person.agency, of_person.email,
        of_person.language);
end $$;

-- Returns 'good'; 'gone' for nobody whose access lasts, 'taken' when another person has the address,
-- 'of-provider' when more than the language of a person of a provider would change: the rest is
-- what the provider knows. Codes and links that were made for the address before end.
create function change_person(
    tenant text, person uuid, of_role text, units text[], of_agency text, mail text, spoken text,
    moment timestamptz, who text
) returns text language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
    known person%rowtype;
begin
    select * into known from person p
    where p.tenant_id = tenant and p.person_id = person and p.ended_at is null for update;
    if not found then
        return 'gone';
    end if;
    if known.issuer is not null and (known.role, known.business_units, known.agency, known.email)
        is distinct from (of_role, units, of_agency, mail) then
        return 'of-provider';
    end if;
    perform 1 from person p where p.tenant_id = tenant and p.email = mail and p.ended_at is null
        and p.person_id <> person;
    if found then
        return 'taken';
    end if;
    if (known.role, known.business_units, known.agency, known.email, known.language)
        is not distinct from (of_role, units, of_agency, mail, spoken) then
        return 'good';
    end if;
    update person p set role = of_role, business_units = units, agency = of_agency, email = mail,
        language = spoken
    where p.tenant_id = tenant and p.person_id = person;
    if known.email is distinct from mail then
        update sign_in s set used_at = moment
        where s.tenant_id = tenant and s.person_id = person and s.used_at is null;
    end if;
    perform note_person_change(tenant, person, moment, 'changed', who);
    return 'good';
end $$;

revoke execute on function change_person from public;
grant execute on function change_person to dossier_app;
