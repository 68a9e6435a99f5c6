-- The key pairs that access tokens are signed with: the platform's own, no tenant's.
create table token_key (
    kid            text        primary key,
    public_key     text        not null,
    -- Encrypted.
    private_key    text        not null,
    -- Not before: until then it is only published, so that everyone knows it when it signs.
    signs_from     timestamptz not null,
    -- When the last token that it signed has expired; null while no other has taken its place.
    verifies_until timestamptz,
    created_at     timestamptz not null
);

alter table token_key enable row level security;
alter table token_key force row level security;
create policy platform_only on token_key
    using (current_setting('stockhook.tenant', true) = '*')
    with check (current_setting('stockhook.tenant', true) = '*');
