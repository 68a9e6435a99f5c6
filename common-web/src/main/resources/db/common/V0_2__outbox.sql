-- What transactions want published, until the relay has published it. Not a tenant's table: only the relay reads it.
create table outbox (
    id         bigint      generated always as identity primary key,
    topic      text        not null,
    record_key text        not null,
    headers    bytea       not null,
    value      bytea,
    created_at timestamptz not null default clock_timestamp()
) with (
    -- Every row is deleted soon: without frequent vacuuming, reading the oldest would wade through the dead ones.
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 2000,
    autovacuum_vacuum_insert_threshold = -1
);
