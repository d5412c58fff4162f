-- Orders and their lines. A line freezes everything it was agreed on.

create table orders (
  id text collate "C" not null,
  number text collate "C" not null,
  realm text collate "C" not null,
  type text collate "C" not null,
  buyer_id text collate "C" not null,
  user_id text collate "C",
  currency text collate "C" not null,
  total_minor bigint not null,
  contact_consent bigint not null,
  refers_to text collate "C",
  policy_version bigint not null,
  created_at bigint not null,
  expires_at bigint,
  constraint orders__id primary key (id),
  constraint orders__number unique (number),
  foreign key (buyer_id) references organisation (id)
);
create index orders_by_buyer on orders (buyer_id, created_at, id);
create index orders_by_reference on orders (refers_to);

create table order_line (
  id text collate "C" not null,
  number text collate "C" not null,
  order_id text collate "C" not null,
  realm text collate "C" not null,
  order_type text collate "C" not null,
  buyer_id text collate "C" not null,
  seller_id text collate "C" not null,
  product_id text collate "C" not null,
  product_version bigint not null,
  sku_code text collate "C" not null,
  product_code text collate "C" not null,
  product_name text collate "C" not null,
  quantity bigint not null,
  period_type text collate "C" not null,
  period_count bigint not null,
  supervised bigint not null,
  contract text collate "C" not null,
  currency text collate "C" not null,
  list_minor bigint not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  gross_minor bigint not null,
  frozen text collate "C" not null,
  state text collate "C" not null,
  version bigint not null,
  created_at bigint not null,
  paid_at bigint,
  completed_at bigint,
  constraint order_line__id primary key (id),
  constraint order_line__number unique (number),
  foreign key (order_id) references orders (id),
  foreign key (seller_id) references organisation (id)
);
create index order_line_by_order on order_line (order_id);
create index order_line_by_buyer on order_line (buyer_id, created_at, id);
create index order_line_by_buyer_and_state on order_line (buyer_id, state, created_at, id);
create index order_line_by_seller on order_line (seller_id, created_at, id);
create index order_line_by_seller_and_state on order_line (seller_id, state, created_at, id);

create table payment (
  id text collate "C" not null,
  order_id text collate "C" not null,
  buyer_id text collate "C" not null,
  method text collate "C" not null,
  currency text collate "C" not null,
  amount_minor bigint not null,
  paid_by text collate "C",
  paid_at bigint not null,
  constraint payment__id primary key (id),
  constraint payment__order_id unique (order_id),
  foreign key (order_id) references orders (id)
);
