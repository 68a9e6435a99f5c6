-- The Idempotency-Key headers of a day, and the answers given to them.
create table idempotency_key (
    tenant_id  text        not null,
    route      text        not null,
    key        text        not null,
    body_hash  bytea       not null,
    -- Whose the key is while the request is worked on: what took over from a lost one is not disturbed by it.
    claim      uuid        not null,
    -- The answer, encrypted, since it may show a secret; null while the request is worked on.
    answer     text,
    created_at timestamptz not null default now(),
    primary key (tenant_id, route, key)
);

create index idempotency_key_by_age on idempotency_key (created_at);

alter table idempotency_key enable row level security;
alter table idempotency_key force row level security;

create policy tenant on idempotency_key
    using (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*')
    with check (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*');
