create table note (
    tenant_id text not null,
    id        text primary key,
    text      text not null
);

alter table note enable row level security;
alter table note force row level security;

create policy tenant on note
    using (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*')
    with check (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*');
