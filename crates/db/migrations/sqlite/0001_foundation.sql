-- What the store itself needs. Times are microseconds UTC, ids are text,
-- booleans are 0 and 1. Names of constraints are table__column__column, so
-- that a violation names its field on both databases.

create table task (
  id text not null,
  kind text not null,
  realm text not null,
  lane text not null,
  payload text not null,
  state text not null,
  due_at integer not null,
  attempts integer not null,
  worker text,
  unique_key text,
  last_error text,
  created_at integer not null,
  constraint task__id primary key (id),
  constraint task__unique_key unique (unique_key)
) strict;
create index task_by_due on task (state, due_at, id);
create index task_running on task (lane, due_at) where worker is not null;

create table timer (
  kind text not null,
  subject text not null,
  realm text not null,
  due_at integer not null,
  constraint timer__kind__subject primary key (kind, subject)
) strict;
create index timer_by_due on timer (realm, due_at);

create table periodic_run (
  kind text not null,
  period text not null,
  started_at integer not null,
  constraint periodic_run__kind__period primary key (kind, period)
) strict;

create table idempotency (
  scope text not null,
  key text not null,
  operation text not null,
  result text not null,
  created_at integer not null,
  constraint idempotency__scope__key primary key (scope, key)
) strict;
create index idempotency_by_age on idempotency (created_at);

create table transition (
  subject text not null,
  version integer not null,
  machine text not null,
  from_state text not null,
  to_state text not null,
  event text not null,
  side text not null,
  user_id text,
  reason text,
  at integer not null,
  constraint transition__subject__version primary key (subject, version)
) strict;

create table audit (
  id text not null,
  at integer not null,
  side text not null,
  user_id text,
  organisation_id text,
  address text not null,
  operation text not null,
  subject text not null,
  outcome text not null,
  detail text not null,
  constraint audit__id primary key (id)
) strict;
create index audit_by_organisation on audit (organisation_id, at);
create index audit_by_subject on audit (subject, at);

create table key_canary (
  id text not null,
  sealed blob not null,
  constraint key_canary__id primary key (id)
) strict;

create table policy_profile (
  party text not null,
  version integer not null,
  effective_from integer not null,
  content text not null,
  changed_by text,
  created_at integer not null,
  constraint policy_profile__party__version primary key (party, version)
) strict;

create table file (
  id text not null,
  organisation_id text not null,
  uploaded_by text,
  name text not null,
  media_type text not null,
  size_bytes integer not null,
  content_hash text not null,
  created_at integer not null,
  constraint file__id primary key (id)
) strict;
create index file_by_content on file (content_hash);
