-- How deliveries reach an endpoint, null for each in its own request at once; and over how many owners they are spread.
alter table webhook
    add column mode jsonb,
    add column parallelism integer not null default 1;
