-- True from the commit of what the request asked for, in the same transaction: whoever comes with the key after that must not do
-- it again, even if the process ended before the answer was kept.
alter table idempotency_key add column done boolean not null default false;
