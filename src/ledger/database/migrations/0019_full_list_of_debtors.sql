-- A full list of debtors has its own days, beside those of open items.

alter table full_list add column list text not null default 'open-items';

alter table full_list drop constraint full_list_pkey;

alter table full_list add primary key (tenant_id, list, as_of);
