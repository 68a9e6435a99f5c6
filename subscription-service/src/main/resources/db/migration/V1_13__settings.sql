alter table tenant
    -- False while the platform has suspended it.
    add column is_active     boolean       not null default true,
    -- Where its API keys may be used from; empty for anywhere.
    add column allowed_cidrs varchar(64)[] not null default '{}',
    -- Null for the platform's.
    alter column payload_format drop not null;

-- What a tenant's webhooks and subscribers inherit, beside what its own row says. A tenant that has set nothing has no row.
create table settings (
    tenant_id    text        primary key references tenant,
    preferences  jsonb       not null,
    templates    jsonb       not null,
    monitoring   jsonb,
    max_webhooks integer
);

alter table settings enable row level security;
alter table settings force row level security;
create policy tenant_isolation on settings
    using (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*')
    with check (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*');
