-- The usual batch: every line fits. It is answered by one row, its first position, and takes a
-- sixth less time than `append`, which is asked when anything does not fit: stale, written before,
-- asserted, or wanted twice. Arguments and answers are those of `append`, but for that one row,
-- which has no `item`.

create function append_all(
    tenant text, items int[], books uuid[], lines int[],
    topics text[], states text[], hashes bytea[]
) returns table (item int, positions bigint[], written boolean)
language plpgsql security definer
set search_path = ledger, pg_temp as $$  -- a caller's own tables must not stand in for ours
#variable_conflict use_column
declare
    head bigint;
    many int := cardinality(items);
    fitting int;
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
                      and e.line = u.line - 1));
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
    return query select * from append(tenant, items, books, lines, topics, states, hashes);
end $$;

revoke execute on function append_all from public;
grant execute on function append_all to dossier_app;

-- as in 0002
do $$ begin
    if not exists (select from pg_extension where extname = 'citus') then
        alter function append_all set plan_cache_mode = force_generic_plan;
    end if;
end $$;
