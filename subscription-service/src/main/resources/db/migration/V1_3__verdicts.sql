-- Beside disabled_reason, which is for people. Null while active; the code also where a person disabled the webhook.
alter table webhook
    add column disabled_code text,
    add column disabled_at   timestamptz;
