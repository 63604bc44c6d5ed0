-- What people set for themselves, and up to where they looked at the log.

create table person_setting (
    tenant_id  text    not null,
    person_id  uuid    not null,
    keys_off   boolean not null default false,  -- no key of a single letter
    digest_at  int,                             -- hour of the daily mail; null: no mail
    zone       text    not null default '',     -- time zone; empty: the creditor's
    digest_on  date,                            -- day of the last mail, in that zone
    looked     bigint,                          -- position up to which they looked
    looked_at  timestamptz,
    primary key (tenant_id, person_id)
);

grant select, insert, delete on person_setting to dossier_app;
grant update (keys_off, digest_at, zone, digest_on, looked, looked_at) on person_setting
    to dossier_app;
