-- Who changed what, and who was refused. One chain for each tenant, and one for the platform: an entry's hash covers the entry and
-- the hash before it.
create table audit_entry (
    id             bigint      generated always as identity primary key,
    tenant_id      text        not null,
    seq            bigint      not null,
    at             timestamptz not null,
    actor          text        not null,
    role           text,
    remote_address text,
    trace_id       text,
    action         text        not null,
    target         text,
    -- JSON as it was hashed, hence text; secrets are not in it.
    before         text,
    after          text,
    reason         text,
    occurrences    integer     not null,
    previous_hash  bytea       not null,
    hash           bytea       not null,
    unique (tenant_id, seq)
);

-- A tenant's entries by what they are asked for, newest first; without a filter the unique index serves.
create index audit_entry_actor on audit_entry (tenant_id, actor, id);
create index audit_entry_action on audit_entry (tenant_id, action text_pattern_ops, id);
create index audit_entry_target on audit_entry (tenant_id, target, id);
create index audit_entry_at on audit_entry (tenant_id, at);
create index audit_entry_tenant on audit_entry (tenant_id, id);

alter table audit_entry enable row level security;
alter table audit_entry force row level security;
-- There is no policy for updates and deletions, so they find nothing.
create policy tenant_reads on audit_entry for select
    using (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*');
create policy tenant_appends on audit_entry for insert
    with check (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*');

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the audit trail is append-only' using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_entry_append_only before update or delete or truncate on audit_entry
    for each statement execute function audit_is_append_only();
-- The owner's own rights as well: to take them back is a step that nobody makes by mistake.
revoke update, delete, truncate on audit_entry from current_user;
