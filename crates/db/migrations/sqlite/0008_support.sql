-- Messages on the site and answers to help pages.

create table notice (
  id text not null,
  user_id text not null,
  side text not null,
  kind text not null,
  args text not null,
  link text not null,
  created_at integer not null,
  read_at integer,
  constraint notice__id primary key (id),
  foreign key (user_id) references users (id)
) strict;
create index notice_by_user on notice (user_id, created_at, id);

create table feedback (
  id text not null,
  page text not null,
  page_updated text not null,
  language text not null,
  helpful integer not null,
  body text not null,
  user_id text,
  state text not null,
  version integer not null,
  reply text not null,
  replied_by text,
  created_at integer not null,
  replied_at integer,
  constraint feedback__id primary key (id)
) strict;
create index feedback_by_time on feedback (created_at, id);
create index feedback_by_user on feedback (user_id, created_at);
