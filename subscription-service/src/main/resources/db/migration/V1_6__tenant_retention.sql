-- For how many days the tenant's deliveries are kept; null for as long as the platform keeps them.
alter table tenant add column retention_days integer;
