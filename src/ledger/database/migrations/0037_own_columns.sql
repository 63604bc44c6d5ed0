-- The columns that a person chose for the list of today, in their order; empty: the usual ones.

alter table person_setting add column columns text[] not null default '{}';
grant update (columns) on person_setting to dossier_app;
