create table tenant (
    id             text        primary key,
    name           text        not null,
    payload_format text        not null,
    version        bigint      not null,
    created_at     timestamptz not null,
    updated_at     timestamptz not null
);

-- The platform itself: the tenant of its admins' keys. Inserted before row-level security asks for whom.
insert into tenant (id, name, payload_format, version, created_at, updated_at)
values ('ten_00000000000070008000000000000000', 'Platform', 'standard', 1, now(), now());

create table api_key (
    id            text          primary key,
    tenant_id     text          not null references tenant,
    hash          text          not null unique,
    prefix        text          not null,
    name          text          not null,
    role          text          not null,
    expires_at    timestamptz,
    allowed_cidrs varchar(64)[] not null,
    version       bigint        not null,
    created_at    timestamptz   not null,
    updated_at    timestamptz   not null
);

-- The list of a tenant's keys, and the check that a tenant to be deleted has none.
create index api_key_tenant_id_id on api_key (tenant_id, id);

create table webhook (
    id              text           primary key,
    tenant_id       text           not null references tenant,
    name            text           not null,
    description     text,
    url             text           not null,
    method          text           not null,
    events          varchar(128)[] not null,
    -- Names in clear, values encrypted.
    headers         jsonb          not null,
    -- Encrypted, newest first; more than one during a rotation.
    secrets         jsonb          not null,
    is_active       boolean        not null,
    disabled_reason text,
    retry           jsonb,
    payload_format  text           not null,
    header_prefix   text           not null,
    timeout_ms      integer        not null,
    max_in_flight   integer        not null,
    metadata        jsonb          not null,
    version         bigint         not null,
    created_at      timestamptz    not null,
    updated_at      timestamptz    not null
);

-- A tenant's webhooks in order of creation.
create index webhook_tenant_id_id on webhook (tenant_id, id);
-- Those that are active or not, in the same order, and the counts of the summary.
create index webhook_tenant_id_is_active_id on webhook (tenant_id, is_active, id);
-- Those that subscribe to an event type.
create index webhook_events on webhook using gin (events);

alter table tenant enable row level security;
alter table tenant force row level security;
create policy tenant_isolation on tenant
    using (id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*')
    with check (id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*');

alter table api_key enable row level security;
alter table api_key force row level security;
create policy tenant_isolation on api_key
    using (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*')
    with check (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*');

alter table webhook enable row level security;
alter table webhook force row level security;
create policy tenant_isolation on webhook
    using (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*')
    with check (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*');
