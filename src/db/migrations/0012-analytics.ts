// Reports: what they read by, how reading figures went, which threads were told, and digests with their turns.
import { Migration } from '@mikro-orm/migrations';

const STATEMENTS = [
  'drop index "metric_snapshot_account_at"',
  'create index "metric_snapshot_account_at" on "metric_snapshot" ("account_id", "at") where "delivery_id" is null',
  'drop index "metric_snapshot_delivery_at"',
  'create index "metric_snapshot_delivery_at" on "metric_snapshot" ("delivery_id", "at", "id") where "delivery_id" is not null',
  'create index "delivery_workspace_published" on "delivery" ("workspace_id", "published_at") where "published_at" is not null',
  `create table "account_look" (
    "account_id" uuid not null,
    "looked_at" timestamptz null,
    "failing_since" timestamptz null,
    "failure" text null,
    "again_at" timestamptz null,
    "again_by_network" boolean not null default false,
    "account_at" timestamptz null,
    primary key ("account_id")
  )`,
  `alter table "account_look" add constraint "account_look_failure_is_whole" check ((failing_since is null) = (failure is null) and (failing_since is null) = (again_at is null))`,
  'alter table "account_look" add constraint "account_look_account_id_foreign" foreign key ("account_id") references "account" ("id")',
  `create table "figures_told" (
    "post_id" uuid not null,
    "hours" int not null,
    "told_at" timestamptz null,
    "lease_until" timestamptz not null,
    primary key ("post_id", "hours")
  )`,
  'alter table "figures_told" add constraint "figures_told_post_id_foreign" foreign key ("post_id") references "post" ("id")',
  // nothing wrote digests before
  'delete from "digest"',
  `alter table "digest"
    add "number" int not null,
    add "day" int null,
    add "paused_because" text null,
    add "member_id" uuid not null,
    add "lease_token" uuid null,
    add "lease_until" timestamptz null`,
  'alter table "digest" add constraint "digest_member_id_foreign" foreign key ("member_id") references "member" ("id")',
  'alter table "digest" add constraint "digest_workspace_number" unique ("workspace_id", "number")',
  `alter table "digest" add constraint "digest_due_while_active" check ((state = 'active') = (due_at is not null))`,
  `alter table "digest" add constraint "digest_day_by_period" check ((period = 'daily') = (day is null))`,
  `alter table "workspace" add "pictures" text not null default 'light', add "last_digest_number" int not null default 0`,
  `alter table "workspace" add constraint "workspace_pictures_check" check ("pictures" in ('light', 'dark'))`,
];

export class Analytics extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}
