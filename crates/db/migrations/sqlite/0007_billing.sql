-- The double-entry ledger. Postings are only ever added. Accounts of buyers
-- carry a running balance and a gapless sequence, so that a balance is one
-- row and two payments at once can't both spend it.

create table posting_group (
  id text not null,
  business_key text not null,
  realm text not null,
  kind text not null,
  reference text not null,
  side text not null,
  user_id text,
  at integer not null,
  constraint posting_group__id primary key (id),
  constraint posting_group__business_key unique (business_key)
) strict;

create table posting (
  group_id text not null,
  position integer not null,
  account text not null,
  currency text not null,
  amount_minor integer not null,
  sequence integer,
  balance_minor integer,
  at integer not null,
  constraint posting__group_id__position primary key (group_id, position),
  constraint posting__account__currency__sequence unique (account, currency, sequence),
  foreign key (group_id) references posting_group (id)
) strict;
create index posting_by_account on posting (account, at);

create table top_up (
  id text not null,
  realm text not null,
  buyer_id text not null,
  currency text not null,
  amount_minor integer not null,
  reference text not null,
  state text not null,
  version integer not null,
  recorded_by text not null,
  decided_by text,
  created_at integer not null,
  decided_at integer,
  constraint top_up__id primary key (id),
  constraint top_up__reference unique (reference),
  foreign key (buyer_id) references organisation (id)
) strict;
create index top_up_by_time on top_up (created_at, id);
create index top_up_by_buyer on top_up (buyer_id, created_at);
