-- People, organisations, sessions, and what sellers connect with.

create table users (
  id text collate "C" not null,
  email text collate "C" not null,
  email_lower text collate "C" not null,
  name text collate "C" not null,
  country text collate "C" not null,
  language text collate "C" not null,
  password_hash text collate "C",
  password_changed_at bigint not null,
  totp_secret bytea,
  totp_since bigint,
  totp_last_step bigint not null,
  email_verified_at bigint,
  mobile text collate "C" not null,
  version bigint not null,
  created_at bigint not null,
  constraint users__id primary key (id),
  constraint users__email_lower unique (email_lower)
);

create table organisation (
  id text collate "C" not null,
  realm text collate "C" not null,
  kind text collate "C" not null,
  name text collate "C" not null,
  country text collate "C" not null,
  version bigint not null,
  created_at bigint not null,
  constraint organisation__id primary key (id)
);
create index organisation_by_kind on organisation (kind, created_at);

create table membership (
  organisation_id text collate "C" not null,
  user_id text collate "C" not null,
  role text collate "C" not null,
  created_at bigint not null,
  constraint membership__organisation_id__user_id primary key (organisation_id, user_id),
  foreign key (organisation_id) references organisation (id),
  foreign key (user_id) references users (id)
);
create index membership_by_user on membership (user_id);

create table session (
  token_hash text collate "C" not null,
  user_id text collate "C" not null,
  buyer_id text collate "C",
  seller_id text collate "C",
  created_at bigint not null,
  last_seen_at bigint not null,
  expires_at bigint not null,
  step_up_at bigint,
  totp_pending bigint not null,
  address text collate "C" not null,
  agent text collate "C" not null,
  constraint session__token_hash primary key (token_hash),
  foreign key (user_id) references users (id)
);
create index session_by_user on session (user_id);
create index session_by_expiry on session (expires_at);

create table one_time_link (
  token_hash text collate "C" not null,
  purpose text collate "C" not null,
  email text collate "C" not null,
  user_id text collate "C",
  organisation_id text collate "C",
  role text collate "C",
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint,
  constraint one_time_link__token_hash primary key (token_hash)
);
create index one_time_link_by_expiry on one_time_link (expires_at);

create table attempt (
  action text collate "C" not null,
  subject text collate "C" not null,
  at bigint not null,
  id text collate "C" not null,
  constraint attempt__id primary key (id)
);
create index attempt_by_subject on attempt (action, subject, at);

create table seller_profile (
  organisation_id text collate "C" not null,
  slug text collate "C" not null,
  name text collate "C" not null,
  name_zh text collate "C" not null,
  hotline text collate "C" not null,
  email text collate "C" not null,
  support_hours text collate "C" not null,
  about text collate "C" not null,
  version bigint not null,
  constraint seller_profile__organisation_id primary key (organisation_id),
  constraint seller_profile__slug unique (slug),
  foreign key (organisation_id) references organisation (id)
);

create table access_key (
  id text collate "C" not null,
  seller_id text collate "C" not null,
  interface_type text collate "C" not null,
  rank text collate "C" not null,
  secret bytea not null,
  created_at bigint not null,
  created_by text collate "C",
  retired_at bigint,
  constraint access_key__id primary key (id)
);
create index access_key_by_seller on access_key (seller_id, created_at);

create table interface_address (
  id text collate "C" not null,
  seller_id text collate "C" not null,
  base_url text collate "C" not null,
  state text collate "C" not null,
  verification text collate "C" not null,
  body_sign text collate "C" not null,
  verified_at bigint,
  created_at bigint not null,
  version bigint not null,
  constraint interface_address__id primary key (id),
  constraint interface_address__seller_id__base_url unique (seller_id, base_url)
);

create table api_credential (
  access_key text collate "C" not null,
  organisation_id text collate "C" not null,
  secret bytea not null,
  created_by text collate "C",
  created_at bigint not null,
  disabled_at bigint,
  constraint api_credential__access_key primary key (access_key)
);
create index api_credential_by_organisation on api_credential (organisation_id, created_at);

create table agreement (
  id text collate "C" not null,
  code text collate "C" not null,
  version bigint not null,
  title text collate "C" not null,
  title_zh text collate "C" not null,
  body text collate "C" not null,
  content_hash text collate "C" not null,
  seller_id text collate "C",
  published_at bigint not null,
  constraint agreement__id primary key (id),
  constraint agreement__code__version unique (code, version)
);

create table agreement_acceptance (
  id text collate "C" not null,
  agreement_id text collate "C" not null,
  user_id text collate "C" not null,
  organisation_id text collate "C" not null,
  order_id text collate "C" not null,
  product_id text collate "C" not null,
  address text collate "C" not null,
  accepted_at bigint not null,
  constraint agreement_acceptance__id primary key (id),
  constraint agreement_acceptance__order_id__agreement_id unique (order_id, agreement_id),
  foreign key (agreement_id) references agreement (id)
);
create index agreement_acceptance_by_organisation on agreement_acceptance (organisation_id, accepted_at);
