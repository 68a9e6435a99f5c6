-- Never used: under row-level security PostgreSQL looks for nothing by an operator of arrays in an index, since they are not leakproof.
-- The filter by event type reads the tenant's webhooks, which are bounded in number.
drop index webhook_events;
