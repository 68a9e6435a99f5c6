create table mock_endpoint (
    id               text        primary key,
    tenant_id        text        not null,
    name             text        not null,
    secret_encrypted text,
    header_prefix    text        not null,
    -- JSON, the sequence of answers; read and written whole.
    responses        text        not null,
    version          bigint      not null,
    created_at       timestamptz not null,
    updated_at       timestamptz not null
);

create index mock_endpoint_by_tenant on mock_endpoint (tenant_id, id);

-- How far an endpoint is. Apart from the endpoint, because it changes with every call and the endpoint almost never:
-- the narrow row is updated in place, without a new index entry.
create table mock_progress (
    endpoint_id text   primary key references mock_endpoint (id) on delete cascade,
    tenant_id   text   not null,
    -- Requests ever recorded; the last one's number.
    recorded    bigint not null default 0,
    -- Requests answered since the sequence of answers was last restarted.
    answered    bigint not null default 0
) with (fillfactor = 50);

create table mock_request (
    -- Not the endpoint itself: a call has locked its progress already, and would meet a change of the endpoint crosswise.
    endpoint_id        text        not null references mock_progress (endpoint_id) on delete cascade,
    number             bigint      not null,
    id                 text        not null,
    tenant_id          text        not null,
    received_at        timestamptz not null,
    method             text        not null,
    query              text,
    -- JSON, names in lower case with their values in the order they came.
    headers            text        not null,
    body               bytea       not null,
    body_bytes         integer     not null,
    standard_signature text        not null,
    classic_signature  text        not null,
    response_status    integer     not null,
    primary key (endpoint_id, number)
);

alter table mock_endpoint enable row level security;
alter table mock_endpoint force row level security;
create policy tenant_wall on mock_endpoint
    using (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*')
    with check (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*');

alter table mock_progress enable row level security;
alter table mock_progress force row level security;
create policy tenant_wall on mock_progress
    using (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*')
    with check (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*');

alter table mock_request enable row level security;
alter table mock_request force row level security;
create policy tenant_wall on mock_request
    using (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*')
    with check (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*');
