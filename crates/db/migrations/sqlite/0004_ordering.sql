-- Orders and their lines. A line freezes everything it was agreed on.

create table orders (
  id text not null,
  number text not null,
  realm text not null,
  type text not null,
  buyer_id text not null,
  user_id text,
  currency text not null,
  total_minor integer not null,
  contact_consent integer not null,
  refers_to text,
  policy_version integer not null,
  created_at integer not null,
  expires_at integer,
  constraint orders__id primary key (id),
  constraint orders__number unique (number),
  foreign key (buyer_id) references organisation (id)
) strict;
create index orders_by_buyer on orders (buyer_id, created_at, id);
create index orders_by_reference on orders (refers_to);

create table order_line (
  id text not null,
  number text not null,
  order_id text not null,
  realm text not null,
  order_type text not null,
  buyer_id text not null,
  seller_id text not null,
  product_id text not null,
  product_version integer not null,
  sku_code text not null,
  product_code text not null,
  product_name text not null,
  quantity integer not null,
  period_type text not null,
  period_count integer not null,
  supervised integer not null,
  contract text not null,
  currency text not null,
  list_minor integer not null,
  net_minor integer not null,
  tax_minor integer not null,
  gross_minor integer not null,
  frozen text not null,
  state text not null,
  version integer not null,
  created_at integer not null,
  paid_at integer,
  completed_at integer,
  constraint order_line__id primary key (id),
  constraint order_line__number unique (number),
  foreign key (order_id) references orders (id),
  foreign key (seller_id) references organisation (id)
) strict;
create index order_line_by_order on order_line (order_id);
create index order_line_by_buyer on order_line (buyer_id, created_at, id);
create index order_line_by_buyer_and_state on order_line (buyer_id, state, created_at, id);
create index order_line_by_seller on order_line (seller_id, created_at, id);
create index order_line_by_seller_and_state on order_line (seller_id, state, created_at, id);

create table payment (
  id text not null,
  order_id text not null,
  buyer_id text not null,
  method text not null,
  currency text not null,
  amount_minor integer not null,
  paid_by text,
  paid_at integer not null,
  constraint payment__id primary key (id),
  constraint payment__order_id unique (order_id),
  foreign key (order_id) references orders (id)
) strict;
