-- When the event is to be delivered; null for at once.
alter table unpublished_event add column deliver_at timestamptz;
