-- What is on sale. A product version is written once and never changed; an
-- order line names the version it was bought from.

create table category (
  key text not null,
  position integer not null,
  name text not null,
  name_zh text not null,
  summary text not null,
  summary_zh text not null,
  constraint category__key primary key (key)
) strict;

create table product (
  id text not null,
  realm text not null,
  seller_id text not null,
  slug text not null,
  category_key text not null,
  state text not null,
  hidden integer not null,
  current_version integer not null,
  version integer not null,
  created_at integer not null,
  listed_at integer,
  constraint product__id primary key (id),
  constraint product__slug unique (slug),
  foreign key (seller_id) references organisation (id),
  foreign key (category_key) references category (key)
) strict;
create index product_by_seller on product (seller_id, created_at);
create index product_by_listing on product (state, listed_at);

create table product_version (
  product_id text not null,
  number integer not null,
  content text not null,
  content_hash text not null,
  created_by text,
  created_at integer not null,
  constraint product_version__product_id__number primary key (product_id, number),
  foreign key (product_id) references product (id)
) strict;

create table sku (
  code text not null,
  product_id text not null,
  specification_key text not null,
  option_key text not null,
  created_at integer not null,
  constraint sku__code primary key (code),
  constraint sku__product_id__specification_key__option_key unique (product_id, specification_key, option_key),
  foreign key (product_id) references product (id)
) strict;

create table product_code (
  code text not null,
  sku_code text not null,
  period_type text not null,
  created_at integer not null,
  constraint product_code__code primary key (code),
  constraint product_code__sku_code__period_type unique (sku_code, period_type),
  foreign key (sku_code) references sku (code)
) strict;

create table stock (
  product_id text not null,
  bucket integer not null,
  remaining integer not null,
  sold integer not null,
  constraint stock__product_id__bucket primary key (product_id, bucket),
  foreign key (product_id) references product (id)
) strict;

create table favourite (
  user_id text not null,
  product_id text not null,
  created_at integer not null,
  constraint favourite__user_id__product_id primary key (user_id, product_id),
  foreign key (product_id) references product (id)
) strict;
create index favourite_by_time on favourite (user_id, created_at);

create table search_change (
  seq integer primary key autoincrement,
  product_id text not null,
  at integer not null
) strict;
create index search_change_by_time on search_change (at);
