// What those who run Crier look at: its recurring jobs and its processes; and which media files are gone.
import { Migration } from '@mikro-orm/migrations';

const STATEMENTS = [
  `create table "job_run" (
    "name" text not null,
    "due_at" timestamptz not null,
    "token" uuid null,
    "lease_until" timestamptz null,
    "started_at" timestamptz null,
    "finished_at" timestamptz null,
    "ok" boolean null,
    "result" text null,
    "runs" int not null,
    "failures" int not null,
    primary key ("name")
  )`,
  `alter table "job_run" add constraint "job_run_lease_while_taken" check ((token is null) = (lease_until is null))`,
  `create table "process" (
    "id" text not null,
    "role" text not null,
    "host" text not null,
    "pid" int not null,
    "version" text not null,
    "started_at" timestamptz not null,
    "seen_at" timestamptz not null,
    "parts" jsonb not null,
    "failing_since" jsonb not null,
    primary key ("id")
  )`,
  `alter table "process" add constraint "process_role_check" check ("role" in ('all', 'bot', 'worker', 'web'))`,
  'create index "process_seen" on "process" ("seen_at")',
  'alter table "media" add "removed_at" timestamptz null',
  'create index "media_kept" on "media" ("created_at") where "removed_at" is null',
  'create index "media_hash" on "media" ("hash")',
  // posts without files are not in it; without `fastupdate` it is of use before a vacuum has come by
  `create index "post_media" on "post" using gin ("media_ids") with (fastupdate = off) where "media_ids" <> '[]'`,
];

export class Operations extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}
