-- A book may be decided on as it was last known, without being read first: the append then checks
-- more than the number of its last line. `befores` holds for each line the content hash that the
-- line before it must have (of an assertion: the line itself), or null when the book was just read.
-- Another hash there means that the database was put back to an earlier day and then went on.

drop function append_all(text, int[], uuid[], int[], text[], text[], bytea[]);

create function append_all(
    tenant text, items int[], books uuid[], lines int[],
    topics text[], states text[], hashes bytea[], befores bytea[]
) returns table (item int, positions bigint[], written boolean)
language plpgsql security definer
set search_path = ledger, pg_temp as $$  -- a caller's own tables must not stand in for ours
#variable_conflict use_column
declare
    head bigint;
    many int := cardinality(items);
    fitting int;
    others int[];  -- appends of which a book is another than the one that was known
begin
    if array_position(topics, null) is null then  -- else something is only asserted
        begin
            update tenant_head set position = position + many where tenant_id = tenant
            returning position - many into head;

            -- a line fits when it follows one that is there or that the same append writes before
            -- it; that it is not there itself, and that a first line is the first, the key tells
            insert into entry
            select tenant, head + nth, book_id, line, topic, state, content_hash
            from unnest(items, books, lines, topics, states, hashes) with ordinality
                as u (item, book_id, line, topic, state, content_hash, nth)
            where head is not null and (
                line = 1
                or items[nth - 1] = item and books[nth - 1] = book_id
                    and lines[nth - 1] = line - 1
                or exists (
                    select from entry e
                    where e.tenant_id = tenant and e.book_id = u.book_id
                      and e.line = u.line - 1
                      and (befores[nth] is null or e.content_hash = befores[nth])));
            get diagnostics fitting = row_count;

            if fitting = many then
                positions := array[head + 1];
                written := true;
                return next;
                return;
            end if;
            raise unique_violation;  -- takes back what fits
        exception when unique_violation then
            null;
        end;
    end if;

    select array_agg(distinct u.item) into others
    from unnest(items, books, lines, topics, befores) as u (item, book_id, line, topic, before)
    where before is not null and not exists (
        select from entry e
        where e.tenant_id = tenant and e.book_id = u.book_id
          and e.line = case when u.topic is null then u.line else u.line - 1 end
          and e.content_hash = u.before);
    if others is null then
        return query select * from append(tenant, items, books, lines, topics, states, hashes);
        return;
    end if;
    return query
    with kept as (
        select array_agg(u.item order by nth) as items, array_agg(book_id order by nth) as books,
               array_agg(line order by nth) as lines, array_agg(topic order by nth) as topics,
               array_agg(state order by nth) as states, array_agg(content_hash order by nth) as hashes
        from unnest(items, books, lines, topics, states, hashes) with ordinality
            as u (item, book_id, line, topic, state, content_hash, nth)
        where u.item <> all (others)
    )
    select a.* from kept k,
        append(tenant, k.items, k.books, k.lines, k.topics, k.states, k.hashes) a
    where k.items is not null
    union all
    select o.item, null::bigint[], false from unnest(others) as o (item);
end $$;

revoke execute on function append_all from public;
grant execute on function append_all to dossier_app;

-- as in 0002
do $$ begin
    if not exists (select from pg_extension where extname = 'citus') then
        alter function append_all set plan_cache_mode = force_generic_plan;
    end if;
end $$;
