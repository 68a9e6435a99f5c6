-- The tenants' own event types; those of the platform are data files.
create table event_type (
    id                 bigint generated always as identity primary key,
    tenant_id          text             not null references tenant,
    -- Compared by bytes, as the names of the platform's types are, which stand in the same list.
    name               text collate "C" not null,
    display_name       text             not null,
    description        text,
    category           text             not null,
    deprecated         boolean          not null,
    deprecation_reason text,
    replacement        text,
    latest_version     integer          not null,
    revision           bigint           not null,
    created_at         timestamptz      not null,
    updated_at         timestamptz      not null,
    -- A tenant's types in order of their names, and that there is one of each.
    unique (tenant_id, name)
);

create table event_type_version (
    id              bigint generated always as identity primary key,
    event_type_id   bigint      not null references event_type on delete cascade,
    tenant_id       text        not null references tenant,
    version         integer     not null,
    description     text,
    -- JSON as text, read and written whole; not jsonb, which has no room for every number that JSON has.
    payload_schema  text,
    example_payload text,
    -- A template that makes data of the version before.
    downgrade       text,
    created_at      timestamptz not null,
    unique (event_type_id, version)
);

-- When an event of a type was last there. No more than a row for each type that a tenant has.
create table event_type_activity (
    tenant_id      text             not null,
    name           text collate "C" not null,
    last_triggered timestamptz      not null,
    primary key (tenant_id, name)
);

-- What the other services were told last of the platform's types, so that only what has changed is told at a start.
create table published_event_type (
    name   text primary key,
    digest text not null
);

alter table event_type enable row level security;
alter table event_type force row level security;
create policy tenant_isolation on event_type
    using (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*')
    with check (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*');

alter table event_type_version enable row level security;
alter table event_type_version force row level security;
create policy tenant_isolation on event_type_version
    using (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*')
    with check (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*');

alter table event_type_activity enable row level security;
alter table event_type_activity force row level security;
create policy tenant_isolation on event_type_activity
    using (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*')
    with check (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*');
