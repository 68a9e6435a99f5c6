-- Webhooks that a feature keeps for a tenant, the integration slack for example. What of their url and template is secret is encrypted
-- in sealed; url and template are fit to be shown then.
alter table webhook
    add column managed_by text,
    add column sealed     jsonb;

create index webhook_tenant_id_managed_by on webhook (tenant_id, managed_by) where managed_by is not null;

create table integration (
    id               text        primary key,
    tenant_id        text        not null references tenant,
    name             text        not null,
    -- The values of the provider's fields by name: in clear, and encrypted where the field is a secret.
    config           jsonb       not null,
    secrets          jsonb       not null,
    -- By event type or pattern.
    notifications    jsonb       not null,
    message_template text,
    version          bigint      not null,
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    unique (tenant_id, name)
);

alter table integration enable row level security;
alter table integration force row level security;
create policy tenant_isolation on integration
    using (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*')
    with check (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*');
