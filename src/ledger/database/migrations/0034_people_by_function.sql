-- People, codes, links and sessions are administered by functions, as keys are. The application's
-- role reads who the people are; it cannot make, change or end them by table, and each change leaves
-- a line. It cannot read or write the hashes of codes, links and cookies at all: it asks whether one
-- that it was given is good.

-- Who signs in by a provider (OpenID Connect) is known by its issuer and its subject there.
alter table person add column issuer text, add column subject text;
create unique index on person (tenant_id, issuer, subject) where issuer is not null;

create table person_change (
    tenant_id      text        not null,
    person_id      uuid        not null,
    nth            int         not null,  -- change of this person
    at             timestamptz not null,
    change         text        not null,  -- added, changed, ended or admitted
    by             text        not null,  -- as the application named them
    login          text        not null,  -- of the database, which nobody can choose
    name           text        not null,
    role           text        not null,
    business_units text[]      not null,
    agency         text,
    primary key (tenant_id, person_id, nth)
);

-- A sign-in that began at a provider. What it is bound to is derived from a secret in the browser,
-- of which only the hash is kept.
create table provider_try (
    tenant_id text        not null,
    sha256    bytea       not null,
    provider  text        not null,
    back      text        not null,  -- the page to return to
    ends_at   timestamptz not null,
    primary key (tenant_id, sha256)
);

-- Writes the line of a change; only the functions below call it.
create function note_person_change(
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
        tenant_id, person_id, nth, at, change, by, login, name, role, business_units, agency
    ) values (
        tenant, person, before + 1, moment, did, who, session_user,
        of_person.name, of_person.role, of_person.business_units, of_person.agency);
end $$;

-- Returns whether they were added: false while another person has this name or address.
create function add_person(
    tenant text, person uuid, named text, of_role text, units text[], of_agency text, mail text,
    spoken text, moment timestamptz, who text
) returns boolean language plpgsql security definer set search_path = ledger, pg_temp as $$
begin
    insert into person (
        tenant_id, person_id, name, role, business_units, agency, email, language, created_at
    ) values (tenant, person, named, of_role, units, of_agency, mail, spoken, moment)
    on conflict do nothing;
    if not found then
        return false;
    end if;
    perform note_person_change(tenant, person, moment, 'added', who);
    return true;
end $$;

-- Adds who signs in by a provider, or brings them up to date. Returns 'ended' for a person whose
-- access was ended here, 'name-taken' when another person has the name, else 'good'. An address
-- that another person has is left out: it must not lead to what is asked of the other.
create function person_of_provider(
    tenant text, person uuid, of_issuer text, of_subject text, named text, of_role text,
    units text[], of_agency text, mail text, spoken text, moment timestamptz, who text
) returns text language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
    known person%rowtype;
    free text := mail;
begin
    select * into known from person p
    where p.tenant_id = tenant and p.issuer = of_issuer and p.subject = of_subject for update;
    if known.ended_at is not null then
        return 'ended';
    end if;
    perform 1 from person p where p.tenant_id = tenant and p.name = named and p.ended_at is null
        and p.person_id is distinct from known.person_id;
    if found then
        return 'name-taken';
    end if;
    perform 1 from person p where p.tenant_id = tenant and p.email = mail and p.ended_at is null
        and p.person_id is distinct from known.person_id;
    if found then
        free := null;
    end if;
    if known.person_id is null then
        insert into person (
            tenant_id, person_id, name, role, business_units, agency, email, language, created_at,
            issuer, subject
        ) values (
            tenant, person, named, of_role, units, of_agency, free, spoken, moment, of_issuer,
            of_subject);
        perform note_person_change(tenant, person, moment, 'added', who);
    else
        update person p set name = named, role = of_role, business_units = units,
            agency = of_agency, email = free
        where p.tenant_id = tenant and p.person_id = known.person_id;
        if (known.name, known.role, known.business_units, known.agency)
            is distinct from (named, of_role, units, of_agency) then
            perform note_person_change(tenant, known.person_id, moment, 'changed', who);
        end if;
    end if;
    return 'good';
end $$;

-- Returns whether a person of this name was there to end: with them end their sessions, and what
-- would sign them in.
create function end_person(tenant text, named text, moment timestamptz, who text)
returns boolean language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
    person uuid;
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
    perform note_person_change(tenant, person, moment, 'ended', who);
    return true;
end $$;

-- Returns whether a person of a provider whose access was ended may sign in again.
create function admit_person(tenant text, person uuid, moment timestamptz, who text)
returns boolean language plpgsql security definer set search_path = ledger, pg_temp as $$
begin
    update person p set ended_at = null
    where p.tenant_id = tenant and p.person_id = person and p.ended_at is not null
        and p.issuer is not null and not exists (
            select from person o where o.tenant_id = tenant and o.ended_at is null
                and (o.name = p.name or o.email = p.email));
    if not found then
        return false;
    end if;
    perform note_person_change(tenant, person, moment, 'admitted', who);
    return true;
end $$;

-- Keeps a link, or with a code's hash a code. Returns whether it was kept: false when the person
-- asked for too many codes since then.
create function keep_sign_in(
    tenant text, hash bytea, person uuid, code_hash bytea, moment timestamptz, ends timestamptz,
    old_before timestamptz, since timestamptz, most int
) returns boolean language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
    recent int;
begin
    delete from sign_in s where s.tenant_id = tenant and s.ends_at < old_before;
    perform 1 from person p where p.tenant_id = tenant and p.person_id = person
        and p.ended_at is null for update;
    if not found then
        return false;
    end if;
    if code_hash is not null then
        select count(*) into recent from sign_in s where s.tenant_id = tenant
            and s.person_id = person and s.made_at > since and s.code is not null;
        if recent >= most then
            return false;
        end if;
    end if;
    insert into sign_in (tenant_id, sha256, person_id, code, made_at, ends_at)
    values (tenant, hash, person, code_hash, moment, ends);
    return true;
end $$;

-- Counts a try of the code that belongs to a browser's secret, in each tenant that mailed one, and
-- then uses the code that fits. The try is counted first, so that two at once cannot both be last.
create function try_code(hash bytea, given bytea, moment timestamptz, most int)
returns table (of_tenant text, person uuid, fits boolean)
language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
    tried record;
begin
    for tried in
        update sign_in s set tries = s.tries + 1
        where s.sha256 = hash and s.code is not null and s.used_at is null and s.ends_at > moment
            and s.tries < most
        returning s.tenant_id, s.person_id, s.code
    loop
        of_tenant := tried.tenant_id;
        person := tried.person_id;
        fits := tried.code = given;
        if fits then
            update sign_in s set used_at = moment
            where s.tenant_id = tried.tenant_id and s.sha256 = hash and s.used_at is null;
            fits := found;
        end if;
        return next;
    end loop;
end $$;

create function is_link_open(tenant text, hash bytea, moment timestamptz)
returns boolean language sql stable security definer set search_path = ledger, pg_temp as $$
    select exists (
        select from sign_in s where s.tenant_id = tenant and s.sha256 = hash and s.code is null
            and s.used_at is null and s.ends_at > moment)
$$;

-- Returns whom the link signs in, once.
create function use_link(tenant text, hash bytea, moment timestamptz)
returns uuid language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
    person uuid;
begin
    update sign_in s set used_at = moment
    where s.tenant_id = tenant and s.sha256 = hash and s.code is null and s.used_at is null
        and s.ends_at > moment
    returning s.person_id into person;
    return person;
end $$;

create function keep_provider_try(
    tenant text, hash bytea, of_provider text, back_to text, moment timestamptz, ends timestamptz
) returns void language plpgsql security definer set search_path = ledger, pg_temp as $$
begin
    delete from provider_try t where t.tenant_id = tenant and t.ends_at < moment;
    insert into provider_try (tenant_id, sha256, provider, back, ends_at)
    values (tenant, hash, of_provider, back_to, ends);
end $$;

-- Returns the page to return to, once; null for a try that is not there, over, or of another
-- provider.
create function use_provider_try(
    tenant text, hash bytea, of_provider text, moment timestamptz
) returns text language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
    found_back text;
begin
    delete from provider_try t
    where t.tenant_id = tenant and t.sha256 = hash and t.provider = of_provider
        and t.ends_at > moment
    returning t.back into found_back;
    return found_back;
end $$;

-- Begins a session; the one that the browser had before ends.
create function begin_session(
    tenant text, hash bytea, person uuid, moment timestamptz, ends timestamptz,
    old_before timestamptz, of_browser text, tenant_before text, hash_before bytea
) returns void language plpgsql security definer set search_path = ledger, pg_temp as $$
begin
    delete from web_session s where s.tenant_id = tenant and s.ends_at < old_before;
    update web_session s set ended_at = moment
    where s.tenant_id = tenant_before and s.sha256 = hash_before and s.ended_at is null;
    insert into web_session (
        tenant_id, sha256, person_id, made_at, seen_at, ends_at, browser
    ) values (tenant, hash, person, moment, moment, ends, of_browser);
end $$;

-- Returns whose session it is, and of which firm; nothing when it is over.
create function session_of(tenant text, hash bytea, moment timestamptz, idle timestamptz)
returns table (
    seen_at timestamptz, firm text, tenant_id text, person_id uuid, name text, role text,
    business_units text[], agency text, email text, language text, created_at timestamptz,
    ended_at timestamptz, issuer text
) language sql stable security definer set search_path = ledger, pg_temp as $$
    select s.seen_at, t.name, p.tenant_id, p.person_id, p.name, p.role, p.business_units, p.agency,
        p.email, p.language, p.created_at, p.ended_at, p.issuer
    from web_session s
    join person p on p.tenant_id = s.tenant_id and p.person_id = s.person_id
    join tenant t on t.tenant_id = s.tenant_id
    where s.tenant_id = tenant and s.sha256 = hash and s.ended_at is null and s.ends_at > moment
        and s.seen_at > idle and p.ended_at is null
$$;

create function session_seen(tenant text, hash bytea, moment timestamptz)
returns void language sql security definer set search_path = ledger, pg_temp as $$
    update web_session s set seen_at = moment where s.tenant_id = tenant and s.sha256 = hash
$$;

create function end_session(tenant text, hash bytea, moment timestamptz)
returns void language sql security definer set search_path = ledger, pg_temp as $$
    update web_session s set ended_at = moment
    where s.tenant_id = tenant and s.sha256 = hash and s.ended_at is null
$$;

-- Lists the sessions that are not over. An administrator names one by the hash of its hash: what
-- stands on their page opens nothing.
create function sessions_of(tenant text, moment timestamptz, idle timestamptz)
returns table (
    id text, name text, role text, made_at timestamptz, seen_at timestamptz, ends_at timestamptz,
    browser text
) language sql stable security definer set search_path = ledger, pg_temp as $$
    select encode(sha256(s.sha256), 'hex'), p.name, p.role, s.made_at, s.seen_at, s.ends_at,
        s.browser
    from web_session s join person p on p.tenant_id = s.tenant_id and p.person_id = s.person_id
    where s.tenant_id = tenant and s.ended_at is null and s.ends_at > moment and s.seen_at > idle
        and p.ended_at is null
    order by s.seen_at desc, s.sha256
$$;

-- Returns whose session was ended; null when there is none.
create function revoke_session(tenant text, named text, moment timestamptz)
returns text language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
    whose text;
begin
    update web_session s set ended_at = moment from person p
    where s.tenant_id = tenant and encode(sha256(s.sha256), 'hex') = named
        and s.ended_at is null and p.tenant_id = s.tenant_id and p.person_id = s.person_id
    returning p.name into whose;
    return whose;
end $$;

create function has_session(tenant text)
returns boolean language sql stable security definer set search_path = ledger, pg_temp as $$
    select exists (select from web_session s where s.tenant_id = tenant)
$$;

revoke execute on function note_person_change, add_person, person_of_provider, end_person,
    admit_person, keep_sign_in, try_code, is_link_open, use_link, keep_provider_try,
    use_provider_try, begin_session, session_of, session_seen, end_session, sessions_of,
    revoke_session, has_session from public;
grant execute on function add_person, person_of_provider, end_person, admit_person, keep_sign_in,
    try_code, is_link_open, use_link, keep_provider_try, use_provider_try, begin_session,
    session_of, session_seen, end_session, sessions_of, revoke_session, has_session
    to dossier_app;
grant select on person_change to dossier_app;
revoke insert, delete on person from dossier_app;
revoke update (ended_at, role, business_units, agency, email, language) on person from dossier_app;
revoke all on sign_in, web_session from dossier_app;
revoke update (tries, used_at) on sign_in from dossier_app;
revoke update (seen_at, ended_at) on web_session from dossier_app;
