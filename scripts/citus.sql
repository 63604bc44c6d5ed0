-- Distributes Dossier's tables over the nodes of a Citus cluster, by tenant. See docs/scale-out.md.
--
-- Run it on the coordinator, in the database of Dossier, as a superuser, after `dossier migrate`
-- and before anybody writes much:  psql -v ON_ERROR_STOP=1 -f scripts/citus.sql DATABASE
-- It may be run again, also after an upgrade; what is distributed already stays as it is.

create extension if not exists citus;

-- The nodes log in as the application's role when the coordinator asks them to do its work.
alter role dossier_app login;

-- A table with a tenant is distributed by it, beside `tenant_head`: what belongs to a tenant stands
-- on one node. `tenant`, `read_model` and `migration` have none, or are read for all: they stay
-- on the coordinator.
create or replace function ledger.distribute(relation regclass) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if relation = 'ledger.tenant_head'::regclass then
        perform create_distributed_table(relation, 'tenant_id', shard_count => 32);
    else
        perform create_distributed_table(
            relation, 'tenant_id', colocate_with => 'ledger.tenant_head');
    end if;
end $$;

create or replace function ledger.to_distribute() returns setof regclass
language sql stable set search_path = pg_catalog, pg_temp as $$
    select c.oid::regclass
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    where n.nspname in ('ledger', 'view') and c.relkind = 'r' and c.relpersistence = 'p'
        and c.oid <> 'ledger.tenant'::regclass
        and not exists (select from pg_dist_partition p where p.logicalrelid = c.oid)
    order by c.oid <> 'ledger.tenant_head'::regclass, c.oid
$$;

select ledger.distribute(relation) from ledger.to_distribute() as relation;

-- The append runs whole on the node of its tenant. Citus must see the tenant to find the node, so it
-- plans each call.
alter function ledger.append reset plan_cache_mode;
alter function ledger.append_all reset plan_cache_mode;
select create_distributed_function(
    oid::regprocedure, 'tenant', colocate_with => 'ledger.tenant_head')
from pg_proc
where pronamespace = 'ledger'::regnamespace and proname in ('append', 'append_all')
    and not exists (
        select from pg_dist_object o
        where o.classid = 'pg_proc'::regclass and o.objid = pg_proc.oid
            and o.distribution_argument_index is not null);

-- A rebuild makes new tables: without this they would be local to the coordinator, unseen.
create or replace function ledger.distribute_new() returns event_trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    made record;
begin
    for made in select relation from ledger.to_distribute() as relation loop
        perform ledger.distribute(made.relation);
    end loop;
end $$;

drop event trigger if exists dossier_distributes;
create event trigger dossier_distributes on ddl_command_end
    when tag in ('CREATE TABLE') execute function ledger.distribute_new();
