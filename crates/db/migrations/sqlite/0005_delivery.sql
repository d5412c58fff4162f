-- What sellers opened, and every call that was made to them.

create table instance (
  id text not null,
  realm text not null,
  order_line_id text not null,
  ordinal integer not null,
  order_id text not null,
  buyer_id text not null,
  seller_id text not null,
  product_id text not null,
  contract text not null,
  external_ref text,
  state text not null,
  version integer not null,
  window_ends_at integer not null,
  opened_at integer,
  term_start text,
  term_months integer,
  ends_at integer,
  info blob,
  info_at integer,
  created_at integer not null,
  constraint instance__id primary key (id),
  constraint instance__order_line_id__ordinal unique (order_line_id, ordinal),
  constraint instance__external_ref unique (external_ref),
  foreign key (order_line_id) references order_line (id)
) strict;
create index instance_by_buyer on instance (buyer_id, created_at, id);
create index instance_by_state on instance (realm, state, id);

create table stray_instance (
  id text not null,
  instance_id text not null,
  order_line_id text not null,
  seller_id text not null,
  external_ref text not null,
  why text not null,
  released_at integer,
  created_at integer not null,
  constraint stray_instance__id primary key (id),
  constraint stray_instance__instance_id__external_ref unique (instance_id, external_ref),
  foreign key (instance_id) references instance (id)
) strict;
create index stray_instance_by_seller on stray_instance (seller_id, created_at);

create table interface_message (
  id text not null,
  effect_key text not null,
  realm text not null,
  seller_id text not null,
  product_id text not null,
  order_number text not null,
  line_number text not null,
  instance_id text not null,
  activity text not null,
  url text not null,
  status text not null,
  version integer not null,
  attempts integer not null,
  http_status integer,
  result_code text not null,
  exception text not null,
  window_ends_at integer,
  next_call_at integer,
  first_call_at integer not null,
  last_call_at integer not null,
  constraint interface_message__id primary key (id),
  constraint interface_message__effect_key unique (effect_key)
) strict;
create index interface_message_by_seller on interface_message (seller_id, first_call_at, id);

create table interface_call (
  id text not null,
  message_id text not null,
  seller_id text not null,
  at integer not null,
  duration_ms integer not null,
  request text not null,
  response text not null,
  http_status integer,
  result_code text not null,
  exception text not null,
  constraint interface_call__id primary key (id),
  foreign key (message_id) references interface_message (id)
) strict;
create index interface_call_by_message on interface_call (message_id, at);
create index interface_call_by_age on interface_call (at, id);
