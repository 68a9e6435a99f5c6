-- Passes of secrets to another master key: at most one is under way, and one that was interrupted goes on where its progress is.
create table master_key_rotation (
    key_id      text        primary key,
    started_at  timestamptz not null,
    started_by  text        not null,
    finished_at timestamptz
);

create table master_key_progress (
    key_id   text    not null references master_key_rotation,
    kind     text    not null,
    -- The last row that was looked at.
    position text    not null,
    seen     bigint  not null,
    changed  bigint  not null,
    is_done  boolean not null,
    primary key (key_id, kind)
);

alter table master_key_rotation enable row level security;
alter table master_key_rotation force row level security;
create policy platform_only on master_key_rotation
    using (current_setting('stockhook.tenant', true) = '*')
    with check (current_setting('stockhook.tenant', true) = '*');
alter table master_key_progress enable row level security;
alter table master_key_progress force row level security;
create policy platform_only on master_key_progress
    using (current_setting('stockhook.tenant', true) = '*')
    with check (current_setting('stockhook.tenant', true) = '*');

-- Since when a webhook's newest secret signs.
alter table webhook add column secret_since timestamptz not null default now();
alter table webhook no force row level security;
update webhook set secret_since = created_at;
alter table webhook force row level security;
alter table webhook alter column secret_since drop default;
