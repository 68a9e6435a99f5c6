-- Deliveries of ordered endpoints that wait, for one before them that failed or for the endpoint itself. Unlike the log these rows are
-- work: their records are acknowledged only once they are here, and they go when their deliveries have ended.

-- In the order of their records, in which they are read. Their data is a copy: what is delivered must not rest on the log.
create table ordered_backlog (
    kafka_offset    bigint      not null,
    spilled_at      timestamptz not null default now(),
    kafka_partition integer     not null,
    run             integer     not null,
    delivery_id     uuid        not null,
    endpoint_id     uuid        not null,
    tenant_id       uuid        not null,
    ordering_key    text        not null collate "C",
    task            bytea       not null,
    data            bytea       not null,
    primary key (kafka_partition, endpoint_id, kafka_offset),
    unique (delivery_id, run)
);

comment on column ordered_backlog.ordering_key is 'what its order holds for; empty for the whole endpoint';
comment on column ordered_backlog.task is 'the task as it would be in the header of its record';

-- How many there are and since when, without reading their data.
create index ordered_backlog_by_age on ordered_backlog (spilled_at);

select isolate_tenants('ordered_backlog');

-- Who owns a partition's backlog. Each owner raises the epoch when it begins, and whoever finds another one than its own has ceased
-- to be the owner.
create table ordered_partition (
    kafka_partition integer primary key,
    epoch           bigint  not null
);
