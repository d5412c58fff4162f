-- The double-entry ledger. Postings are only ever added. Accounts of buyers
-- carry a running balance and a gapless sequence, so that a balance is one
-- row and two payments at once can't both spend it.

create table posting_group (
  id text collate "C" not null,
  business_key text collate "C" not null,
  realm text collate "C" not null,
  kind text collate "C" not null,
  reference text collate "C" not null,
  side text collate "C" not null,
  user_id text collate "C",
  at bigint not null,
  constraint posting_group__id primary key (id),
  constraint posting_group__business_key unique (business_key)
);

create table posting (
  group_id text collate "C" not null,
  position bigint not null,
  account text collate "C" not null,
  currency text collate "C" not null,
  amount_minor bigint not null,
  sequence bigint,
  balance_minor bigint,
  at bigint not null,
  constraint posting__group_id__position primary key (group_id, position),
  constraint posting__account__currency__sequence unique (account, currency, sequence),
  foreign key (group_id) references posting_group (id)
);
create index posting_by_account on posting (account, at);

create table top_up (
  id text collate "C" not null,
  realm text collate "C" not null,
  buyer_id text collate "C" not null,
  currency text collate "C" not null,
  amount_minor bigint not null,
  reference text collate "C" not null,
  state text collate "C" not null,
  version bigint not null,
  recorded_by text collate "C" not null,
  decided_by text collate "C",
  created_at bigint not null,
  decided_at bigint,
  constraint top_up__id primary key (id),
  constraint top_up__reference unique (reference),
  foreign key (buyer_id) references organisation (id)
);
create index top_up_by_time on top_up (created_at, id);
create index top_up_by_buyer on top_up (buyer_id, created_at);
