-- Messages on the site and answers to help pages.

create table notice (
  id text collate "C" not null,
  user_id text collate "C" not null,
  side text collate "C" not null,
  kind text collate "C" not null,
  args text collate "C" not null,
  link text collate "C" not null,
  created_at bigint not null,
  read_at bigint,
  constraint notice__id primary key (id),
  foreign key (user_id) references users (id)
);
create index notice_by_user on notice (user_id, created_at, id);

create table feedback (
  id text collate "C" not null,
  page text collate "C" not null,
  page_updated text collate "C" not null,
  language text collate "C" not null,
  helpful bigint not null,
  body text collate "C" not null,
  user_id text collate "C",
  state text collate "C" not null,
  version bigint not null,
  reply text collate "C" not null,
  replied_by text collate "C",
  created_at bigint not null,
  replied_at bigint,
  constraint feedback__id primary key (id)
);
create index feedback_by_time on feedback (created_at, id);
create index feedback_by_user on feedback (user_id, created_at);
