-- Whether the log keeps the requests and responses of a webhook's deliveries whole.
alter table webhook add column debug_mode boolean not null default false;
