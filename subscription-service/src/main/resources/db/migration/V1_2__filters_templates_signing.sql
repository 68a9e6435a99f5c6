alter table webhook
    -- A JSON object, read and written whole; not jsonb, which has no room for every number that JSON has.
    add column filters           text,
    add column template          text,
    add column signature_schemes varchar(8)[] not null default '{v1}',
    -- Ed25519: public keys in clear, private keys encrypted, newest first; more than one during a rotation.
    add column key_pairs         jsonb        not null default '[]';
