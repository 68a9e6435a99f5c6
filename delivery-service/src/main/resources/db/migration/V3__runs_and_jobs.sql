-- Runs that people begin or end, and the jobs that begin many. Unlike the log these rows are not written from topics: they say who asked
-- for what, and hand out each run's number once.

-- The last run of a delivery that was begun or cancelled by hand, for as long as its entry is on the control topic. Whoever begins or
-- cancels one holds the row until the broker has acknowledged both task and entry, so entries are written in the order of runs.
create table delivery_run (
    delivery_id uuid        primary key,
    run         integer     not null,
    tenant_id   text        not null,
    keep_until  timestamptz not null
);

comment on column delivery_run.keep_until is 'when the entry on the control topic is ended, and with it this row';

create index delivery_run_by_end on delivery_run (keep_until);

-- Bulk work, done a batch at a time by whichever instance locks the row; position moves in the transaction that ends a batch.
create table replay_job (
    job_id        uuid        primary key,
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    finished_at   timestamptz,
    next_batch_at timestamptz not null,
    total         bigint      not null,
    done          bigint      not null default 0,
    skipped       bigint      not null default 0,
    failures      integer     not null default 0,
    position      uuid,
    new_id        boolean     not null default false,
    tenant_id     text        not null,
    action        text        not null,
    state         text        not null,
    selection     text        not null,
    requested_by  text        not null,
    error         text
);

comment on column replay_job.action is 'retry (deliveries), replay or purge (dead letters)';
comment on column replay_job.state is 'running, done, cancelled or failed';
comment on column replay_job.position is 'the last delivery or dead letter that is dealt with; they are taken in the order of their ids';
comment on column replay_job.failures is 'how often the present batch has failed';
comment on column replay_job.selection is 'which deliveries or dead letters, a JSON object';

create index replay_job_by_tenant on replay_job (tenant_id, job_id);
create index replay_job_running on replay_job (next_batch_at) where state = 'running';
create index replay_job_by_age on replay_job (created_at);

-- Who took which dead letters away for good. Kept for as long as the database is.
create table purge_audit (
    purge_id  bigint      generated always as identity primary key,
    purged_at timestamptz not null default now(),
    purged    bigint      not null,
    tenant_id text        not null,
    purged_by text        not null,
    selection text        not null
);

create index purge_audit_by_tenant on purge_audit (tenant_id, purge_id);

do $$
declare
    tenants_table text;
begin
    foreach tenants_table in array array['delivery_run', 'replay_job', 'purge_audit'] loop
        execute format('alter table %I enable row level security, force row level security', tenants_table);
        execute format($policy$
            create policy tenant_isolation on %I
                using (tenant_id = (select current_setting('stockhook.tenant', true))
                    or (select current_setting('stockhook.tenant', true)) = '*')
                with check (tenant_id = (select current_setting('stockhook.tenant', true))
                    or (select current_setting('stockhook.tenant', true)) = '*')
            $policy$, tenants_table);
    end loop;
end
$$;
