-- What an attempt's time went into; null where it did not come so far.
alter table attempt
    add column connect_us    integer,
    add column first_byte_us integer;

comment on column attempt.connect_us is 'until there was a connection; next to nothing where one was kept';
comment on column attempt.first_byte_us is 'until the response''s head was there';
