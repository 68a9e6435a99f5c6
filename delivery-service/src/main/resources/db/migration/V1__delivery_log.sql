-- The log of deliveries, written by the recorder from the topics and read by the API. Every row can be written again from its
-- record: replaying a topic changes nothing.
--
-- Three tables are partitioned by day (UTC), so that what is past its retention is dropped and not deleted, and so that rows go
-- to the right-most end of small indexes. Identifiers that are always our own are stored as the UUID they hold, half the size of
-- their text; they sort by time, hence lists are ordered by them.

-- One row for each attempt; day is that of its start. The key begins with the delivery, so that it serves the list of a
-- delivery's attempts too: a second index on this table would cost a quarter of the recorder's throughput.
create table attempt (
    started_at       timestamptz not null,
    next_retry_at    timestamptz,
    day              date        not null,
    run              integer     not null,
    attempt          integer     not null,
    duration_us      integer     not null,
    response_code    smallint,
    delivery_id      uuid        not null,
    attempt_id       uuid        not null,
    tenant_id        text        not null,
    next             text        not null,
    reason           text        not null,
    url              text,
    error_class      text,
    error_message    text,
    response_headers text,
    response_body    text,
    primary key (delivery_id, attempt_id, day)
) partition by range (day);

comment on column attempt.response_headers is 'a JSON object of strings';

-- The state of each delivery, that of its decisive attempt; day is that of the event's time, which the id carries.
create table delivery (
    last_attempt_at timestamptz not null,
    next_retry_at   timestamptz,
    day             date        not null,
    run             integer     not null,
    attempt         integer     not null,
    attempts        integer     not null,
    duration_us     integer     not null,
    finality        smallint    not null,
    response_code   smallint,
    delivery_id     uuid        not null,
    tenant_id       text        not null,
    endpoint_id     text        not null,
    event_id        text        not null,
    event_type      text        not null,
    subscribed_as   text,
    status          text        not null,
    reason          text        not null,
    error_class     text,
    error_message   text,
    primary key (delivery_id, day)
) partition by range (day);

comment on column delivery.attempts is 'posts made in this run';
comment on column delivery.finality is '0 open, 1 given up, 2 delivered; within a run it only rises';
comment on column delivery.subscribed_as is 'null where it is the event type itself';

create index delivery_by_tenant on delivery (tenant_id, delivery_id);
create index delivery_by_endpoint on delivery (tenant_id, endpoint_id, delivery_id);
create index delivery_by_event_type on delivery (tenant_id, event_type, delivery_id);
-- Small, since most are delivered; finds the few that are not among millions that are.
create index delivery_not_delivered on delivery (tenant_id, delivery_id) where status <> 'delivered';

-- What was delivered, byte for byte as published; day is that of the event's time, hence its deliveries' day as well.
create table event (
    time      timestamptz not null,
    day       date        not null,
    tenant_id text        not null,
    event_id  text        not null,
    type      text        not null,
    source    text        not null,
    subject   text,
    data      bytea       not null,
    primary key (tenant_id, event_id, day)
) partition by range (day);

-- What ran out. Not partitioned: there are few, they are unique over all days, and they are taken out one by one.
create table dead_letter (
    dead_letter_id uuid        primary key,
    dead_at        timestamptz not null,
    event_time     timestamptz not null,
    run            integer     not null,
    attempt        integer     not null,
    delivery_id    uuid        not null,
    tenant_id      text        not null,
    endpoint_id    text        not null,
    event_id       text        not null,
    event_type     text        not null,
    subscribed_as  text        not null,
    event_source   text        not null,
    event_subject  text,
    reason         text        not null,
    detail         text,
    payload        bytea       not null,
    unique (delivery_id, run)
);

create index dead_letter_by_tenant on dead_letter (tenant_id, dead_letter_id);
create index dead_letter_by_endpoint on dead_letter (tenant_id, endpoint_id, dead_letter_id);
create index dead_letter_by_event_type on dead_letter (tenant_id, event_type, dead_letter_id);
create index dead_letter_by_age on dead_letter (dead_at);

-- Records that could not be read or have no place in the log, as they were. Not a tenant's: whose they are cannot be told.
create table set_aside (
    topic           text        not null,
    kafka_partition integer     not null,
    kafka_offset    bigint      not null,
    set_aside_at    timestamptz not null default clock_timestamp(),
    reason          text        not null,
    detail          text,
    record_key      bytea,
    header_names    text[]      not null,
    header_values   bytea[]     not null,
    value           bytea,
    primary key (topic, kafka_partition, kafka_offset)
);

create index set_aside_by_age on set_aside (set_aside_at);

-- Who is asking is looked up once in a statement, not for each row.
do $$
declare
    log_table text;
begin
    foreach log_table in array array['attempt', 'delivery', 'event', 'dead_letter'] loop
        execute format('alter table %I enable row level security, force row level security', log_table);
        execute format($policy$
            create policy tenant_isolation on %I
                using (tenant_id = (select current_setting('stockhook.tenant', true))
                    or (select current_setting('stockhook.tenant', true)) = '*')
                with check (tenant_id = (select current_setting('stockhook.tenant', true))
                    or (select current_setting('stockhook.tenant', true)) = '*')
            $policy$, log_table);
    end loop;
end
$$;

-- Makes the partitions of a day where they are missing. The lock lets one instance at a time do so.
create function create_log_day(log_day date) returns void
    language plpgsql as
$$
declare
    parent     text;
    child      text;
begin
    perform pg_advisory_xact_lock(hashtext('stockhook.log_partitions'));
    foreach parent in array array['attempt', 'delivery', 'event'] loop
        child := parent || to_char(log_day, '_YYYYMMDD');
        if to_regclass(child) is null then
            execute format('create table %I partition of %I for values from (%L) to (%L)',
                child, parent, log_day, log_day + 1);
            -- A partition that is named in a query is not under its parent's policies: without one of its own it shows nothing.
            execute format('alter table %I enable row level security, force row level security', child);
        end if;
    end loop;
end
$$;

-- Drops the partitions of days before the given one.
create function drop_log_days_before(first_kept date) returns void
    language plpgsql as
$$
declare
    child text;
begin
    perform pg_advisory_xact_lock(hashtext('stockhook.log_partitions'));
    for child in
        select relation.relname
        from pg_inherits
            join pg_class relation on relation.oid = inhrelid
        where inhparent in ('attempt'::regclass, 'delivery'::regclass, 'event'::regclass)
            and to_date(right(relation.relname, 8), 'YYYYMMDD') < first_kept
    loop
        execute format('drop table %I', child);
    end loop;
end
$$;
