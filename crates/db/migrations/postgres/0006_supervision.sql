-- The supervised delivery of an order line.

create table service_flow (
  id text collate "C" not null,
  realm text collate "C" not null,
  order_line_id text collate "C" not null,
  order_id text collate "C" not null,
  buyer_id text collate "C" not null,
  seller_id text collate "C" not null,
  product_id text collate "C" not null,
  template text collate "C" not null,
  state text collate "C" not null,
  version bigint not null,
  delivery_due_at bigint,
  request_rejections bigint not null,
  delivery_rejections bigint not null,
  enabled_at bigint,
  accepted_at bigint,
  reminded_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  constraint service_flow__id primary key (id),
  constraint service_flow__order_line_id unique (order_line_id),
  foreign key (order_line_id) references order_line (id)
);
create index service_flow_by_buyer on service_flow (buyer_id, created_at, id);
create index service_flow_by_seller on service_flow (seller_id, created_at, id);

create table service_flow_record (
  id text collate "C" not null,
  flow_id text collate "C" not null,
  number bigint not null,
  at bigint not null,
  side text collate "C" not null,
  user_id text collate "C",
  action text collate "C" not null,
  body text collate "C" not null,
  constraint service_flow_record__id primary key (id),
  constraint service_flow_record__flow_id__number unique (flow_id, number),
  foreign key (flow_id) references service_flow (id)
);

create table service_flow_file (
  record_id text collate "C" not null,
  file_id text collate "C" not null,
  kind text collate "C" not null,
  constraint service_flow_file__record_id__file_id primary key (record_id, file_id),
  foreign key (record_id) references service_flow_record (id),
  foreign key (file_id) references file (id)
);
create index service_flow_file_by_file on service_flow_file (file_id);
