-- The log of deliveries, written by the recorder from the topics and read by the API. Every row can be written again from its
-- record: replaying a topic changes nothing.
--
-- Three tables are partitioned by day (UTC), so that what is past its retention is dropped and not deleted, and so that rows go
-- to the right-most end of small indexes. Identifiers that are always our own are stored as the UUID they hold, half the size of
-- their text and quicker to compare. They are of version 7 and sort by time: so a range of them is a day, lists are ordered by
-- them, and the partitions of a list are read one after the other until the page is full. Texts in indexes are compared byte by
-- byte; nobody reads them in alphabetical order.

-- One row for each attempt, in the partition of its id's time. The key begins with the delivery, so that it serves the list of a
-- delivery's attempts too: a second index on this table would cost a quarter of the recorder's throughput.
create table attempt (
    started_at         timestamptz not null,
    next_retry_at      timestamptz,
    run                integer     not null,
    attempt            integer     not null,
    duration_us        integer     not null,
    request_body_bytes integer     not null,
    response_code      smallint,
    delivery_id        uuid        not null,
    attempt_id         uuid        not null,
    tenant_id          uuid        not null,
    next               text        not null,
    reason             text        not null,
    url                text,
    method             text,
    error_class        text,
    error_message      text,
    request_headers    text,
    request_body       text,
    response_headers   text,
    response_body      text,
    primary key (delivery_id, attempt_id)
) partition by range (attempt_id);

comment on column attempt.method is 'null for POST';
comment on column attempt.request_headers is
    'a JSON object of strings; outside of debug mode only what the rest of the row does not tell';
comment on column attempt.request_body is 'in debug mode; else the delivery''s event has what it was made of';
comment on column attempt.response_headers is 'a JSON object of strings';

-- The state of each delivery, that of its decisive attempt, in the partition of its event's time, which its id carries.
create table delivery (
    last_attempt_at timestamptz not null,
    next_retry_at   timestamptz,
    run             integer     not null,
    attempt         integer     not null,
    attempts        integer     not null,
    duration_us     integer     not null,
    finality        smallint    not null,
    response_code   smallint,
    delivery_id     uuid        not null,
    tenant_id       uuid        not null,
    endpoint_id     uuid        not null,
    event_id        text        not null,
    event_type      text        not null collate "C",
    subscribed_as   text,
    status          text        not null,
    reason          text        not null,
    error_class     text,
    error_message   text,
    primary key (tenant_id, delivery_id)
) partition by range (delivery_id);

comment on column delivery.attempts is 'posts made in this run';
comment on column delivery.finality is '0 open, 1 given up, 2 delivered; within a run it only rises';
comment on column delivery.subscribed_as is 'null where it is the event type itself';

-- An endpoint is one tenant's, so its deliveries are found without the tenant's id in the index.
create index delivery_by_endpoint on delivery (endpoint_id, delivery_id);
create index delivery_by_event_type on delivery (tenant_id, event_type, delivery_id);
-- Small, since most are delivered; these find the few that are not among millions that are.
create index delivery_not_delivered on delivery (tenant_id, delivery_id) where status <> 'delivered';
create index delivery_not_delivered_by_endpoint on delivery (endpoint_id, delivery_id) where status <> 'delivered';

-- What was delivered, byte for byte as published; day is that of the event's time, hence its deliveries' day as well.
create table event (
    time      timestamptz not null,
    day       date        not null,
    tenant_id uuid        not null,
    event_id  text        not null collate "C",
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
    tenant_id      uuid        not null,
    endpoint_id    uuid        not null,
    event_id       text        not null,
    event_type     text        not null collate "C",
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

-- The tenant whose rows the transaction may see; null for none, and for all.
create function current_tenant() returns uuid
    language sql stable
    return case
        when current_setting('stockhook.tenant', true) ~ '^ten_[0-9a-f]{32}$'
            then substr(current_setting('stockhook.tenant', true), 5)::uuid
    end;

-- Puts the tenants' wall around a table. Who is asking is looked up once in a statement, not for each row. A case, because the
-- planner takes it to hold for half of the rows: of a comparison, beside that of the query itself, it would expect next to no rows,
-- and read and sort all of a tenant's instead of a page along an index.
create function isolate_tenants(log_table regclass) returns void
    language plpgsql as
$$
declare
    wall constant text := $wall$
        case
            when (select current_setting('stockhook.tenant', true)) = '*' then true
            else tenant_id = (select current_tenant())
        end
    $wall$;
begin
    execute format('alter table %s enable row level security, force row level security', log_table);
    execute format('create policy tenant_isolation on %s using (%s) with check (%s)', log_table, wall, wall);
end
$$;

select isolate_tenants('attempt');
select isolate_tenants('delivery');
select isolate_tenants('event');
select isolate_tenants('dead_letter');

-- The smallest identifier of a day: those made before it are lower, those made in it or later are not.
create function first_id_of(log_day date) returns uuid
    language sql immutable
    return rpad(lpad(to_hex((log_day - date 'epoch') * 86400000::bigint), 12, '0'), 32, '0')::uuid;

-- Makes a day's partitions of every table that has such, where they are missing. The lock lets one instance at a time do so.
create function create_log_day(log_day date) returns void
    language plpgsql as
$$
declare
    parent  record;
    child   text;
    from_to text[];
begin
    perform pg_advisory_xact_lock(hashtext('stockhook.log_partitions'));
    for parent in
        select relation.relname, pg_catalog.format_type(attribute.atttypid, null) as type
        from pg_partitioned_table partitioned
            join pg_class relation on relation.oid = partitioned.partrelid
            join pg_attribute attribute
                on attribute.attrelid = relation.oid and attribute.attnum = partitioned.partattrs[0]
        where relation.relnamespace = current_schema()::regnamespace
        order by relation.relname
    loop
        child := parent.relname || to_char(log_day, '_YYYYMMDD');
        if to_regclass(child) is null then
            from_to := case parent.type
                when 'uuid' then array[first_id_of(log_day)::text, first_id_of(log_day + 1)::text]
                when 'date' then array[log_day::text, (log_day + 1)::text]
                else array[log_day || 'T00:00:00Z', log_day + 1 || 'T00:00:00Z']
            end;
            -- A new version of a row that finds room on its page costs no index anything; statistics are changed all the time.
            execute format('create table %I partition of %I for values from (%L) to (%L) with (fillfactor = %s)',
                child, parent.relname, from_to[1], from_to[2],
                case when parent.relname like '%\_hour' then 40 else 100 end);
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
            join pg_partitioned_table partitioned on partitioned.partrelid = inhparent
            join pg_class relation on relation.oid = inhrelid
        where relation.relkind = 'r'
            and relation.relnamespace = current_schema()::regnamespace
            -- The condition may be looked at for any relation, whatever it is called.
            and case
                when relation.relname ~ '_[0-9]{8}$' then to_date(right(relation.relname, 8), 'YYYYMMDD') < first_kept
                else false
            end
    loop
        execute format('drop table %I', child);
    end loop;
end
$$;
