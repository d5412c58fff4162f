-- What the store itself needs. Times are microseconds UTC, ids are text,
-- booleans are 0 and 1. Names of constraints are table__column__column, so
-- that a violation names its field on both databases.

create table task (
  id text collate "C" not null,
  kind text collate "C" not null,
  realm text collate "C" not null,
  lane text collate "C" not null,
  payload text collate "C" not null,
  state text collate "C" not null,
  due_at bigint not null,
  attempts bigint not null,
  worker text collate "C",
  unique_key text collate "C",
  last_error text collate "C",
  created_at bigint not null,
  constraint task__id primary key (id),
  constraint task__unique_key unique (unique_key)
);
create index task_by_due on task (state, due_at, id);
create index task_running on task (lane, due_at) where worker is not null;

create table timer (
  kind text collate "C" not null,
  subject text collate "C" not null,
  realm text collate "C" not null,
  due_at bigint not null,
  constraint timer__kind__subject primary key (kind, subject)
);
create index timer_by_due on timer (realm, due_at);

create table periodic_run (
  kind text collate "C" not null,
  period text collate "C" not null,
  started_at bigint not null,
  constraint periodic_run__kind__period primary key (kind, period)
);

create table idempotency (
  scope text collate "C" not null,
  key text collate "C" not null,
  operation text collate "C" not null,
  result text collate "C" not null,
  created_at bigint not null,
  constraint idempotency__scope__key primary key (scope, key)
);
create index idempotency_by_age on idempotency (created_at);

create table transition (
  subject text collate "C" not null,
  version bigint not null,
  machine text collate "C" not null,
  from_state text collate "C" not null,
  to_state text collate "C" not null,
  event text collate "C" not null,
  side text collate "C" not null,
  user_id text collate "C",
  reason text collate "C",
  at bigint not null,
  constraint transition__subject__version primary key (subject, version)
);

create table audit (
  id text collate "C" not null,
  at bigint not null,
  side text collate "C" not null,
  user_id text collate "C",
  organisation_id text collate "C",
  address text collate "C" not null,
  operation text collate "C" not null,
  subject text collate "C" not null,
  outcome text collate "C" not null,
  detail text collate "C" not null,
  constraint audit__id primary key (id)
);
create index audit_by_organisation on audit (organisation_id, at);
create index audit_by_subject on audit (subject, at);

create table key_canary (
  id text collate "C" not null,
  sealed bytea not null,
  constraint key_canary__id primary key (id)
);

create table policy_profile (
  party text collate "C" not null,
  version bigint not null,
  effective_from bigint not null,
  content text collate "C" not null,
  changed_by text collate "C",
  created_at bigint not null,
  constraint policy_profile__party__version primary key (party, version)
);

create table file (
  id text collate "C" not null,
  organisation_id text collate "C" not null,
  uploaded_by text collate "C",
  name text collate "C" not null,
  media_type text collate "C" not null,
  size_bytes bigint not null,
  content_hash text collate "C" not null,
  created_at bigint not null,
  constraint file__id primary key (id)
);
create index file_by_content on file (content_hash);
