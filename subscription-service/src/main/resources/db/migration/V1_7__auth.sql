-- How deliveries authenticate: what is shown of it, secrets masked, and all of it encrypted; null for not at all.
alter table webhook add column auth jsonb;
