-- How long after an event it is delivered, in milliseconds.
alter table webhook add column delay_ms bigint not null default 0;
