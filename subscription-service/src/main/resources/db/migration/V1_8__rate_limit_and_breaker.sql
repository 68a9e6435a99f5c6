-- How many requests an endpoint takes, and when its circuit opens; null for as many as come, and for the platform's settings.
alter table webhook
    add column rate_limit jsonb,
    add column breaker jsonb;
