-- People, organisations, sessions, and what sellers connect with.

create table users (
  id text not null,
  email text not null,
  email_lower text not null,
  name text not null,
  country text not null,
  language text not null,
  password_hash text,
  password_changed_at integer not null,
  totp_secret blob,
  totp_since integer,
  totp_last_step integer not null,
  email_verified_at integer,
  mobile text not null,
  version integer not null,
  created_at integer not null,
  constraint users__id primary key (id),
  constraint users__email_lower unique (email_lower)
) strict;

create table organisation (
  id text not null,
  realm text not null,
  kind text not null,
  name text not null,
  country text not null,
  version integer not null,
  created_at integer not null,
  constraint organisation__id primary key (id)
) strict;
create index organisation_by_kind on organisation (kind, created_at);

create table membership (
  organisation_id text not null,
  user_id text not null,
  role text not null,
  created_at integer not null,
  constraint membership__organisation_id__user_id primary key (organisation_id, user_id),
  foreign key (organisation_id) references organisation (id),
  foreign key (user_id) references users (id)
) strict;
create index membership_by_user on membership (user_id);

create table session (
  token_hash text not null,
  user_id text not null,
  buyer_id text,
  seller_id text,
  created_at integer not null,
  last_seen_at integer not null,
  expires_at integer not null,
  step_up_at integer,
  totp_pending integer not null,
  address text not null,
  agent text not null,
  constraint session__token_hash primary key (token_hash),
  foreign key (user_id) references users (id)
) strict;
create index session_by_user on session (user_id);
create index session_by_expiry on session (expires_at);

create table one_time_link (
  token_hash text not null,
  purpose text not null,
  email text not null,
  user_id text,
  organisation_id text,
  role text,
  created_at integer not null,
  expires_at integer not null,
  used_at integer,
  constraint one_time_link__token_hash primary key (token_hash)
) strict;
create index one_time_link_by_expiry on one_time_link (expires_at);

create table attempt (
  action text not null,
  subject text not null,
  at integer not null,
  id text not null,
  constraint attempt__id primary key (id)
) strict;
create index attempt_by_subject on attempt (action, subject, at);

create table seller_profile (
  organisation_id text not null,
  slug text not null,
  name text not null,
  name_zh text not null,
  hotline text not null,
  email text not null,
  support_hours text not null,
  about text not null,
  version integer not null,
  constraint seller_profile__organisation_id primary key (organisation_id),
  constraint seller_profile__slug unique (slug),
  foreign key (organisation_id) references organisation (id)
) strict;

create table access_key (
  id text not null,
  seller_id text not null,
  interface_type text not null,
  rank text not null,
  secret blob not null,
  created_at integer not null,
  created_by text,
  retired_at integer,
  constraint access_key__id primary key (id)
) strict;
create index access_key_by_seller on access_key (seller_id, created_at);

create table interface_address (
  id text not null,
  seller_id text not null,
  base_url text not null,
  state text not null,
  verification text not null,
  body_sign text not null,
  verified_at integer,
  created_at integer not null,
  version integer not null,
  constraint interface_address__id primary key (id),
  constraint interface_address__seller_id__base_url unique (seller_id, base_url)
) strict;

create table api_credential (
  access_key text not null,
  organisation_id text not null,
  secret blob not null,
  created_by text,
  created_at integer not null,
  disabled_at integer,
  constraint api_credential__access_key primary key (access_key)
) strict;
create index api_credential_by_organisation on api_credential (organisation_id, created_at);

create table agreement (
  id text not null,
  code text not null,
  version integer not null,
  title text not null,
  title_zh text not null,
  body text not null,
  content_hash text not null,
  seller_id text,
  published_at integer not null,
  constraint agreement__id primary key (id),
  constraint agreement__code__version unique (code, version)
) strict;

create table agreement_acceptance (
  id text not null,
  agreement_id text not null,
  user_id text not null,
  organisation_id text not null,
  order_id text not null,
  product_id text not null,
  address text not null,
  accepted_at integer not null,
  constraint agreement_acceptance__id primary key (id),
  constraint agreement_acceptance__order_id__agreement_id unique (order_id, agreement_id),
  foreign key (agreement_id) references agreement (id)
) strict;
create index agreement_acceptance_by_organisation on agreement_acceptance (organisation_id, accepted_at);
