create table subscriber (
    id                 text        primary key,
    tenant_id          text        not null references tenant,
    name               text        not null,
    external_reference text,
    description        text,
    contact            jsonb,
    is_active          boolean     not null,
    -- What is shown of it, secrets masked, and all of it encrypted; null for none.
    auth               jsonb,
    limits             jsonb       not null,
    preferences        jsonb       not null,
    metadata           jsonb       not null,
    version            bigint      not null,
    created_at         timestamptz not null,
    updated_at         timestamptz not null,
    -- What webhooks refer to, so that none can belong to another tenant's subscriber; also the list in order of creation.
    unique (tenant_id, id),
    unique (tenant_id, external_reference)
);

alter table subscriber enable row level security;
alter table subscriber force row level security;
create policy tenant_isolation on subscriber
    using (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*')
    with check (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*');

-- What a webhook does not say itself is null: it comes from its subscriber, its tenant or the platform.
alter table webhook
    add column subscriber_id text,
    add constraint webhook_subscriber foreign key (tenant_id, subscriber_id) references subscriber (tenant_id, id),
    alter column payload_format drop not null,
    alter column header_prefix drop not null,
    alter column signature_schemes drop not null,
    alter column signature_schemes drop default,
    alter column timeout_ms drop not null,
    alter column max_in_flight drop not null,
    alter column debug_mode drop not null,
    alter column debug_mode drop default;

-- A subscriber's webhooks in order of creation, and their number.
create index webhook_tenant_id_subscriber_id_id on webhook (tenant_id, subscriber_id, id) where subscriber_id is not null;

-- Webhooks that are to be published anew, because something that they inherit was changed: too many for the transaction of the change.
create table republication (
    tenant_id     text        not null references tenant on delete cascade,
    -- Empty for all of the tenant's.
    subscriber_id text        not null,
    -- The last webhook that is done; empty for none.
    last_id       text        not null,
    touched_at    timestamptz not null,
    primary key (tenant_id, subscriber_id)
);

alter table republication enable row level security;
alter table republication force row level security;
create policy tenant_isolation on republication
    using (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*')
    with check (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*');
