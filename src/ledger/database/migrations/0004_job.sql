-- Files that were handed in to be imported. A worker takes them, the first that came first.

create table job (
    tenant_id   text        not null,
    job_id      uuid        not null,
    name        text        not null,  -- of the file
    wanted      text        not null,  -- JSON: how it is to be read
    sha256      text        not null,  -- of all that was asked: the same asked twice is one job
    size        bigint      not null,  -- of the file, in bytes
    asked_at    timestamptz not null,
    asked_by    text        not null,
    via         text        not null,  -- the API key
    correlation text        not null,  -- the request
    attempts    int         not null default 0,  -- begun, and not ended or given back
    leased_by   text,
    leased_till timestamptz,
    began_at    timestamptz,
    ended_at    timestamptz,
    failed      boolean     not null default false,
    trouble     text,                  -- why it failed, or does not go on
    done        bigint      not null default 0,  -- bytes of the file
    counts      text,                  -- JSON: what came of its lines
    position    bigint,                -- where the log ended when it was done
    primary key (tenant_id, job_id)
);

create index on job (tenant_id, asked_at, job_id);

create table job_chunk (
    tenant_id text  not null,
    job_id    uuid  not null,
    number    int   not null,
    content   bytea not null,          -- of the file, which goes when the job has ended
    primary key (tenant_id, job_id, number)
);

create table job_reject (
    tenant_id text  not null,
    job_id    uuid  not null,
    number    int   not null,
    content   bytea not null,          -- JSON Lines
    primary key (tenant_id, job_id, number)
);

grant select, insert, update, delete on job, job_chunk, job_reject to dossier_app;
