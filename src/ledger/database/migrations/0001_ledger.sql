-- The ledger: one gapless order of entries per tenant, append-only.

create table tenant (
    tenant_id  text        primary key,
    name       text        not null,
    time_zone  text        not null,  -- IANA; business dates are in it
    created_at timestamptz not null
);

create table tenant_head (
    tenant_id text   primary key,
    position  bigint not null  -- of the last entry written
) with (fillfactor = 50);

create table entry (
    tenant_id    text   not null,
    position     bigint not null,
    book_id      uuid   not null,
    line         int    not null,
    topic        text   not null,
    state        text   not null,
    content_hash bytea  not null,
    primary key (tenant_id, position),
    unique (tenant_id, book_id, line)
);

create table document (
    tenant_id  text   not null,
    sha256     text   not null,
    media_type text   not null,
    size       bigint not null,
    content    bytea  not null,
    primary key (tenant_id, sha256)
);

create table follower (
    tenant_id   text   not null,
    name        text   not null,
    position    bigint not null,  -- of the last entry it has taken
    leased_by   text,
    leased_till timestamptz,
    trouble     text,             -- why it does not go on, while it does not
    primary key (tenant_id, name)
);

create table parked (
    tenant_id text        not null,
    follower  text        not null,
    book_id   uuid        not null,
    position  bigint      not null,  -- of the first entry of the book that was not taken
    error     text        not null,
    at        timestamptz not null,
    primary key (tenant_id, follower, book_id)
);

create table read_model (
    name        text primary key,
    fingerprint text not null  -- of the code its table was made by
);

-- Each array holds one element per line; `item` says which append the line belongs to.
-- Answers each append by itself: the positions of its lines, or null when it is stale.
-- Positions that are not `written` now belong to the very same lines, written before.
-- A line without a topic writes nothing: it asserts that its book still ends at that line.
create function append(
    tenant text, items int[], books uuid[], lines int[],
    topics text[], states text[], hashes bytea[]
) returns table (item int, positions bigint[], written boolean)
language plpgsql security definer
set search_path = ledger, pg_temp as $$  -- a caller's own tables must not stand in for ours
#variable_conflict use_column
declare
    head bigint;
    many int := cardinality(items);
begin
    -- takes the tenant's turn: whoever comes next waits here, and then sees what we wrote
    update tenant_head set position = position + many where tenant_id = tenant
    returning position - many into head;
    if not found then
        raise no_data_found using message = 'there is no tenant ' || tenant;
    end if;

    -- one line that follows the last one of its book (a new book starts at line 1; the tests of
    -- the eventsourcing library start at 0)
    if many = 1 then
        insert into entry
        select tenant, head + 1, books[1], lines[1], topics[1], states[1], hashes[1]
        where topics[1] is not null and lines[1] - 1 = coalesce(
            (select max(e.line) from entry e where e.tenant_id = tenant and e.book_id = books[1]),
            least(lines[1] - 1, 0));
        if found then
            item := items[1];
            positions := array[head + 1];
            written := true;
            return next;
            return;
        end if;
    -- each book is in one run of lines, and every run follows the last line of its book
    else
        return query
        with line as materialized (
            select u.*, topic is not null and nth > 1 and items[nth - 1] = item
                and books[nth - 1] = book_id and lines[nth - 1] = line - 1 as goes_on
            from unnest(items, books, lines, topics, states, hashes) with ordinality
                as u (item, book_id, line, topic, state, content_hash, nth)
        ),
        run as materialized (
            select count(*) = count(distinct book_id)
                and bool_and(topic is not null and line - 1 = coalesce(
                    (select max(e.line) from entry e
                     where e.tenant_id = tenant and e.book_id = l.book_id),
                    least(line - 1, 0))) as fits
            from line l where not goes_on
        ),
        inserted as (
            insert into entry
            select tenant, head + nth, book_id, line, topic, state, content_hash
            from line where (select fits from run)
        )
        select item, array_agg(head + nth order by nth), true
        from line where (select fits from run) group by item;
        if found then
            return;
        end if;
    end if;

    -- anything else: stale, written before, asserted, or wanted twice
    return query
    with line as (
        select u.*,
               case when topic is null then line
                    else line - row_number() over (
                        partition by item, book_id, topic is null order by nth)
               end as expected
        from unnest(items, books, lines, topics, states, hashes) with ordinality
            as u (item, book_id, line, topic, state, content_hash, nth)
    ),
    book as (
        select book_id, (
            select max(e.line) from entry e where e.tenant_id = tenant and e.book_id = s.book_id
        ) as last
        from (select distinct book_id from line) s
    ),
    -- an append fits when every line follows the last one of its book
    -- (a new book starts at line 1; the tests of the eventsourcing library start at 0)
    fitting as (
        select line.*, bool_and(expected = coalesce(last, least(expected, 0)))
            over (partition by item) as fits
        from line join book using (book_id)
    ),
    -- when two appends in one call want the same book the first has it; the second asks again
    claiming as (
        select *, fits and (
            item = min(item) filter (where fits and topic is not null) over (partition by book_id)
            or topic is null and not coalesce(
                item > min(item) filter (where fits and topic is not null)
                    over (partition by book_id), false)
        ) as mine
        from fitting
    ),
    winning as (
        select *, bool_and(mine) over (partition by item) as wins from claiming
    ),
    placed as (
        select *, case
            when topic is null then null
            when wins then head + count(*) filter (where wins and topic is not null)
                over (order by nth)
            else (
                select e.position from entry e
                where e.tenant_id = tenant and e.book_id = w.book_id
                  and e.line = w.line and e.content_hash = w.content_hash
            ) end as position
        from winning w
    ),
    inserted as (
        insert into entry
        select tenant, position, book_id, line, topic, state, content_hash
        from placed where wins and topic is not null
    ),
    moved as (
        update tenant_head
        set position = head + (select count(*) from placed where wins and topic is not null)
        where tenant_id = tenant
    )
    select item,
           case when bool_and(position is not null) filter (where topic is not null)
                then array_agg(position order by nth) filter (where topic is not null) end,
           bool_and(wins)
    from placed group by item;
end $$;

-- The application may add entries by `append`, and by nothing else.
revoke execute on function append from public;
grant execute on function append to dossier_app;
grant select on entry, tenant_head to dossier_app;
grant select, insert, update on tenant to dossier_app;
grant insert on tenant_head to dossier_app;
grant select, insert on document to dossier_app;
grant select, insert, update, delete on follower, parked, read_model to dossier_app;
grant select on migration to dossier_app;
