-- The supervised delivery of an order line.

create table service_flow (
  id text not null,
  realm text not null,
  order_line_id text not null,
  order_id text not null,
  buyer_id text not null,
  seller_id text not null,
  product_id text not null,
  template text not null,
  state text not null,
  version integer not null,
  delivery_due_at integer,
  request_rejections integer not null,
  delivery_rejections integer not null,
  enabled_at integer,
  accepted_at integer,
  reminded_at integer,
  created_at integer not null,
  updated_at integer not null,
  constraint service_flow__id primary key (id),
  constraint service_flow__order_line_id unique (order_line_id),
  foreign key (order_line_id) references order_line (id)
) strict;
create index service_flow_by_buyer on service_flow (buyer_id, created_at, id);
create index service_flow_by_seller on service_flow (seller_id, created_at, id);

create table service_flow_record (
  id text not null,
  flow_id text not null,
  number integer not null,
  at integer not null,
  side text not null,
  user_id text,
  action text not null,
  body text not null,
  constraint service_flow_record__id primary key (id),
  constraint service_flow_record__flow_id__number unique (flow_id, number),
  foreign key (flow_id) references service_flow (id)
) strict;

create table service_flow_file (
  record_id text not null,
  file_id text not null,
  kind text not null,
  constraint service_flow_file__record_id__file_id primary key (record_id, file_id),
  foreign key (record_id) references service_flow_record (id),
  foreign key (file_id) references file (id)
) strict;
create index service_flow_file_by_file on service_flow_file (file_id);
