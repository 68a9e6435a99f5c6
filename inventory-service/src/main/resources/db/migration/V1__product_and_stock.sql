create table product (
    id          text        primary key,
    tenant_id   text        not null,
    sku         text        not null,
    name        text        not null,
    description text,
    category    text,
    brand       text,
    supplier    text,
    -- Without a scale, so that 19.90 stays 19.90. At most 15 digits before and 4 after the point, held by the API.
    price       numeric     not null check (price >= 0),
    currency    text        not null,
    -- Text and not jsonb, because what a tenant wrote is shown and sent as it was written: order of fields, exact numbers.
    attributes  text        not null,
    quantity    bigint      not null check (quantity >= 0),
    reserved    bigint      not null check (reserved >= 0),
    threshold   bigint      not null check (threshold >= 0),
    version     bigint      not null,
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    constraint product_sku_unique unique (tenant_id, sku)
);

-- One index for each order and each exact filter of the list. The text filter reads the tenant's products: under row-level
-- security PostgreSQL uses no trigram index, since its operator is not leakproof.
create index product_by_id on product (tenant_id, id);
create index product_by_name on product (tenant_id, name, id);
create index product_by_price on product (tenant_id, price, id);
create index product_by_category on product (tenant_id, category, id);
create index product_by_brand on product (tenant_id, brand, id);
create index product_by_supplier on product (tenant_id, supplier, id);
create index product_running_out on product (tenant_id, id) where quantity <= threshold;

alter table product enable row level security;
alter table product force row level security;
create policy product_of_tenant on product
    using (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*')
    with check (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*');

-- The ledger: how each product came to its quantity. Rows are never changed, and outlive their product.
create table stock_movement (
    -- The product's row lock hands these out in the order in which a product's movements happened.
    position         bigint      generated always as identity primary key,
    id               text        not null unique,
    tenant_id        text        not null,
    product_id       text        not null,
    type             text        not null,
    quantity         bigint      not null,
    quantity_before  bigint      not null,
    quantity_after   bigint      not null check (quantity_after >= 0),
    reserved_after   bigint      not null check (reserved_after >= 0),
    reason           text,
    reference        text,
    actor            text        not null,
    created_at       timestamptz not null
);

create index stock_movement_by_position on stock_movement (tenant_id, position);
create index stock_movement_by_product on stock_movement (tenant_id, product_id, position);
create index stock_movement_by_type on stock_movement (tenant_id, type, position);

alter table stock_movement enable row level security;
alter table stock_movement force row level security;
create policy stock_movement_of_tenant on stock_movement
    using (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*')
    with check (tenant_id = current_setting('stockhook.tenant', true) or current_setting('stockhook.tenant', true) = '*');
