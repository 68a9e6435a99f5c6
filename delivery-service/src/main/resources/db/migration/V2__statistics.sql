-- Statistics of deliveries, counted by the recorder in the transaction that writes the rows they count, and only for rows that
-- were not there before: replaying a topic changes nothing.
--
-- Hours are counted; days are summed up from their hours once they are over, and months from their days, so that a year costs no
-- more to read than a day.

-- A delivery counts in the hour of its event under the state that it is in, an attempt in the hour in which it began.
create table statistics_hour (
    starts_at     timestamptz not null,
    tenant_id     uuid        not null,
    endpoint_id   uuid        not null,
    response_us   bigint      not null,
    deliveries    integer     not null,
    successful    integer     not null,
    failed        integer     not null,
    pending_retry integer     not null,
    attempts      integer     not null,
    retries       integer     not null,
    delivering    integer     not null,
    fastest_us    integer,
    slowest_us    integer,
    event_type    text        not null collate "C",
    latency       integer[]   not null,
    primary key (tenant_id, starts_at, endpoint_id, event_type)
) partition by range (starts_at);

comment on column statistics_hour.deliveries is
    'in whatever state; those neither successful, failed nor pending_retry are held or dropped';
comment on column statistics_hour.attempts is 'posts, those made again after a crash included';
comment on column statistics_hour.retries is 'posts after the first of their run';
comment on column statistics_hour.delivering is 'posts that delivered';
comment on column statistics_hour.response_us is 'how long the posts that were answered took, in all';
comment on column statistics_hour.latency is 'the answered posts by duration, see LatencyHistogram';

create index statistics_hour_by_endpoint on statistics_hour (endpoint_id, starts_at);

-- Posts that did not deliver, by error class.
create table error_hour (
    starts_at   timestamptz not null,
    tenant_id   uuid        not null,
    endpoint_id uuid        not null,
    attempts    bigint      not null,
    event_type  text        not null collate "C",
    error_class text        not null collate "C",
    primary key (tenant_id, starts_at, endpoint_id, event_type, error_class)
) partition by range (starts_at);

create index error_hour_by_endpoint on error_hour (endpoint_id, starts_at);

-- The same by day and by month. hours_tried has a bit for each hour that had a post, hours_up for each in which one delivered;
-- of a month, 24 for each day.
create table statistics_day (
    starts_at     timestamptz not null,
    tenant_id     uuid        not null,
    endpoint_id   uuid        not null,
    response_us   bigint      not null,
    deliveries    bigint      not null,
    successful    bigint      not null,
    failed        bigint      not null,
    pending_retry bigint      not null,
    attempts      bigint      not null,
    retries       bigint      not null,
    delivering    bigint      not null,
    fastest_us    integer,
    slowest_us    integer,
    hours_tried   bit(24)     not null,
    hours_up      bit(24)     not null,
    event_type    text        not null collate "C",
    latency       bigint[]    not null,
    primary key (tenant_id, starts_at, endpoint_id, event_type)
);
create table statistics_month (
    like statistics_day,
    primary key (tenant_id, starts_at, endpoint_id, event_type)
);
alter table statistics_month
    alter column hours_tried type bit(744),
    alter column hours_up type bit(744);
create table error_day (
    like error_hour,
    primary key (tenant_id, starts_at, endpoint_id, event_type, error_class)
);
create table error_month (
    like error_hour,
    primary key (tenant_id, starts_at, endpoint_id, event_type, error_class)
);

create index statistics_day_by_endpoint on statistics_day (endpoint_id, starts_at);
create index statistics_month_by_endpoint on statistics_month (endpoint_id, starts_at);
create index error_day_by_endpoint on error_day (endpoint_id, starts_at);
create index error_month_by_endpoint on error_month (endpoint_id, starts_at);
create index statistics_day_by_age on statistics_day (starts_at);
create index error_day_by_age on error_day (starts_at);

-- Up to where hours have been summed up to days and days to months; not included.
create table statistics_progress (
    days_until   date not null,
    months_until date not null
);

-- Endpoints that something was still counted for in a day that may be summed up already; it is summed up again. Never updated,
-- so that what is counted while a day is summed up is seen the next time.
create table statistics_late (
    day         date   not null,
    endpoint_id uuid   not null,
    noted       bigint generated always as identity primary key
);

select isolate_tenants('statistics_hour');
select isolate_tenants('statistics_day');
select isolate_tenants('statistics_month');
select isolate_tenants('error_hour');
select isolate_tenants('error_day');
select isolate_tenants('error_month');

-- The sums of many histograms.
create function add_each(total bigint[], more bigint[]) returns bigint[]
    language sql immutable
    return (
        select array_agg(coalesce(one, 0) + coalesce(other, 0) order by place)
        from unnest(total, more) with ordinality as pairs (one, other, place)
    );

create aggregate sum_each(bigint[]) (sfunc = add_each, stype = bigint[]);

-- Sums up a day's hours: of all endpoints, or again of those given.
create function sum_up_day(summed date, endpoints uuid[] default null) returns void
    language plpgsql as
$$
declare
    first_hour timestamptz := summed::timestamp at time zone 'UTC';
    next_day   timestamptz := (summed + 1)::timestamp at time zone 'UTC';
begin
    delete from statistics_day where starts_at = first_hour and (endpoints is null or endpoint_id = any (endpoints));
    insert into statistics_day (starts_at, tenant_id, endpoint_id, event_type, deliveries, successful, failed, pending_retry,
        attempts, retries, delivering, response_us, fastest_us, slowest_us, latency, hours_tried, hours_up)
    select first_hour, tenant_id, endpoint_id, event_type, sum(deliveries), sum(successful), sum(failed), sum(pending_retry),
        sum(attempts), sum(retries), sum(delivering), sum(response_us), min(fastest_us), max(slowest_us), sum_each(latency::bigint[]),
        bit_or(case when attempts > 0 then hour_bit else b'0'::bit(24) end),
        bit_or(case when delivering > 0 then hour_bit else b'0'::bit(24) end)
    from statistics_hour,
        lateral (
            select b'1'::bit(24) >> extract(hour from starts_at at time zone 'UTC')::integer as hour_bit
        ) hour
    where starts_at >= first_hour and starts_at < next_day and (endpoints is null or endpoint_id = any (endpoints))
    group by tenant_id, endpoint_id, event_type;

    delete from error_day where starts_at = first_hour and (endpoints is null or endpoint_id = any (endpoints));
    insert into error_day (starts_at, tenant_id, endpoint_id, event_type, error_class, attempts)
    select first_hour, tenant_id, endpoint_id, event_type, error_class, sum(attempts)
    from error_hour
    where starts_at >= first_hour and starts_at < next_day and (endpoints is null or endpoint_id = any (endpoints))
    group by tenant_id, endpoint_id, event_type, error_class;
end
$$;

-- Sums up the days of a month, given by its first: of all endpoints, or again of those given.
create function sum_up_month(summed date, endpoints uuid[] default null) returns void
    language plpgsql as
$$
declare
    first_day  timestamptz := summed::timestamp at time zone 'UTC';
    next_month timestamptz := (summed + interval '1 month') at time zone 'UTC';
begin
    delete from statistics_month where starts_at = first_day and (endpoints is null or endpoint_id = any (endpoints));
    insert into statistics_month (starts_at, tenant_id, endpoint_id, event_type, deliveries, successful, failed, pending_retry,
        attempts, retries, delivering, response_us, fastest_us, slowest_us, latency, hours_tried, hours_up)
    select first_day, tenant_id, endpoint_id, event_type, sum(deliveries), sum(successful), sum(failed), sum(pending_retry),
        sum(attempts), sum(retries), sum(delivering), sum(response_us), min(fastest_us), max(slowest_us), sum_each(latency),
        bit_or(hours_tried::bit(744) >> offset_hours), bit_or(hours_up::bit(744) >> offset_hours)
    from statistics_day,
        lateral (
            select 24 * (extract(day from starts_at at time zone 'UTC')::integer - 1) as offset_hours
        ) day
    where starts_at >= first_day and starts_at < next_month and (endpoints is null or endpoint_id = any (endpoints))
    group by tenant_id, endpoint_id, event_type;

    delete from error_month where starts_at = first_day and (endpoints is null or endpoint_id = any (endpoints));
    insert into error_month (starts_at, tenant_id, endpoint_id, event_type, error_class, attempts)
    select first_day, tenant_id, endpoint_id, event_type, error_class, sum(attempts)
    from error_day
    where starts_at >= first_day and starts_at < next_month and (endpoints is null or endpoint_id = any (endpoints))
    group by tenant_id, endpoint_id, event_type, error_class;
end
$$;
