-- What v1a signatures are verified with; no secret.
alter table mock_endpoint add column public_key text;
