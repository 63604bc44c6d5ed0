-- The running role creates nothing: a table or function of its own in `view` could stand in for one
-- of the ledger's. The login that migrates and rebuilds owns the read
-- models' tables.

revoke create on schema view from dossier_app;

do $$ declare made record; begin
    for made in
        select c.oid::regclass::text as name from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'view' and c.relkind = 'r'
    loop
        execute format('alter table %s owner to current_user', made.name);
        execute format('grant select, insert, update, delete on %s to dossier_app', made.name);
    end loop;
end $$;
