-- Every event id that a tenant published within the deduplication window, whatever day it was. Rows are only ever
-- inserted and purged; whether an event still has to reach Kafka is told by the other table.
create table accepted_event (
    tenant_id   text        not null,
    event_id    text        not null,
    -- SHA-256 over what the publisher sent, to tell a repeated request from another event under the same id.
    body_hash   bytea       not null,
    accepted_at timestamptz not null default now(),
    primary key (tenant_id, event_id)
);

create index accepted_event_by_age on accepted_event (accepted_at);

-- What Kafka has not acknowledged yet: empty but for the requests under way, and for what a broken broker holds up.
create table unpublished_event (
    tenant_id    text        not null,
    event_id     text        not null,
    type         text        not null,
    source       text        not null,
    subject      text,
    event_time   timestamptz not null,
    data_schema  text,
    trace_parent text,
    data         bytea       not null,
    -- In which order they came, which is the order in which the sweeper publishes them.
    position     bigint      generated always as identity,
    accepted_at  timestamptz not null default now(),
    primary key (tenant_id, event_id)
) with (
    -- Every row is deleted within milliseconds: without frequent vacuuming the sweeper would wade through dead ones.
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_insert_threshold = -1
);

create index unpublished_event_in_order on unpublished_event (position);

alter table accepted_event enable row level security;
alter table accepted_event force row level security;
create policy tenant_wall on accepted_event
    using (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*')
    with check (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*');

alter table unpublished_event enable row level security;
alter table unpublished_event force row level security;
create policy tenant_wall on unpublished_event
    using (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*')
    with check (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*');
