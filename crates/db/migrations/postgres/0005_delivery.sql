-- What sellers opened, and every call that was made to them.

create table instance (
  id text collate "C" not null,
  realm text collate "C" not null,
  order_line_id text collate "C" not null,
  ordinal bigint not null,
  order_id text collate "C" not null,
  buyer_id text collate "C" not null,
  seller_id text collate "C" not null,
  product_id text collate "C" not null,
  contract text collate "C" not null,
  external_ref text collate "C",
  state text collate "C" not null,
  version bigint not null,
  window_ends_at bigint not null,
  opened_at bigint,
  term_start text collate "C",
  term_months bigint,
  ends_at bigint,
  info bytea,
  info_at bigint,
  created_at bigint not null,
  constraint instance__id primary key (id),
  constraint instance__order_line_id__ordinal unique (order_line_id, ordinal),
  constraint instance__external_ref unique (external_ref),
  foreign key (order_line_id) references order_line (id)
);
create index instance_by_buyer on instance (buyer_id, created_at, id);
create index instance_by_state on instance (realm, state, id);

create table stray_instance (
  id text collate "C" not null,
  instance_id text collate "C" not null,
  order_line_id text collate "C" not null,
  seller_id text collate "C" not null,
  external_ref text collate "C" not null,
  why text collate "C" not null,
  released_at bigint,
  created_at bigint not null,
  constraint stray_instance__id primary key (id),
  constraint stray_instance__instance_id__external_ref unique (instance_id, external_ref),
  foreign key (instance_id) references instance (id)
);
create index stray_instance_by_seller on stray_instance (seller_id, created_at);

create table interface_message (
  id text collate "C" not null,
  effect_key text collate "C" not null,
  realm text collate "C" not null,
  seller_id text collate "C" not null,
  product_id text collate "C" not null,
  order_number text collate "C" not null,
  line_number text collate "C" not null,
  instance_id text collate "C" not null,
  activity text collate "C" not null,
  url text collate "C" not null,
  status text collate "C" not null,
  version bigint not null,
  attempts bigint not null,
  http_status bigint,
  result_code text collate "C" not null,
  exception text collate "C" not null,
  window_ends_at bigint,
  next_call_at bigint,
  first_call_at bigint not null,
  last_call_at bigint not null,
  constraint interface_message__id primary key (id),
  constraint interface_message__effect_key unique (effect_key)
);
create index interface_message_by_seller on interface_message (seller_id, first_call_at, id);

create table interface_call (
  id text collate "C" not null,
  message_id text collate "C" not null,
  seller_id text collate "C" not null,
  at bigint not null,
  duration_ms bigint not null,
  request text collate "C" not null,
  response text collate "C" not null,
  http_status bigint,
  result_code text collate "C" not null,
  exception text collate "C" not null,
  constraint interface_call__id primary key (id),
  foreign key (message_id) references interface_message (id)
);
create index interface_call_by_message on interface_call (message_id, at);
create index interface_call_by_age on interface_call (at, id);
