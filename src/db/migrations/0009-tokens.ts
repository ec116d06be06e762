// Logins that are refreshed ahead of their end, whose turn that is, who connected an account, and what they are told of its login.
import { Migration } from '@mikro-orm/migrations';

const STATEMENTS = [
  `alter table "account" add "refresh_at" timestamptz null, add "refresh_lease_until" timestamptz null,
    add "refresh_failures" int not null default 0, add "connected_by" uuid null, add "warned_days" int null`,
  `alter table "account" add constraint "account_connected_by_foreign"
    foreign key ("connected_by") references "member" ("id") on delete set null`,
  'create index "account_refresh" on "account" ("refresh_at") where "refresh_at" is not null',
  'create index "account_expiry" on "account" ("expires_at") where "expires_at" is not null',
  // the audit knows who connected those that were here before
  `update "account" a set "connected_by" = (
    select e."member_id" from "audit_event" e
    where e."workspace_id" = a."workspace_id" and e."verb" = 'account connected' and e."member_id" is not null
      and e."details" ->> 'platform' = a."platform" and e."details" ->> 'handle' = a."handle"
    order by e."at" desc limit 1
  )`,
  `create table "notice" (
    "id" uuid not null,
    "workspace_id" uuid not null,
    "account_id" uuid not null,
    "kind" text not null,
    "days" int null,
    "sentence" text null,
    "created_at" timestamptz not null,
    "told_at" timestamptz null,
    "lease_until" timestamptz null,
    primary key ("id")
  )`,
  `alter table "notice" add constraint "notice_kind_check" check ("kind" in ('login-dead', 'login-ends'))`,
  'alter table "notice" add constraint "notice_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id")',
  'alter table "notice" add constraint "notice_account_id_foreign" foreign key ("account_id") references "account" ("id")',
  'create index "notice_untold" on "notice" ("created_at") where "told_at" is null',
  'alter table "delivery" drop constraint "delivery_hold_reason_check"',
  `alter table "delivery" add constraint "delivery_hold_reason_check" check ("hold_reason" in ('draft', 'account', 'cap', 'paused', 'removed', 'late'))`,
];

export class Tokens extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}
