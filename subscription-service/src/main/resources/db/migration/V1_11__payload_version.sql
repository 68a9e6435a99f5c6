-- The version of its event type's payload that an endpoint wants; null for the newest.
alter table webhook add column payload_version integer;
