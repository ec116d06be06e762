// The tables of the first version: what the entities declare, as SQL.
import { Migration } from '@mikro-orm/migrations';

const SQL = `
create table "setting" (
  "name" text not null,
  "value" text not null,
  primary key ("name")
);

create table "workspace" (
  "id" uuid not null,
  "chat" text not null,
  "team_id" text not null,
  "name" text not null,
  "time_zone" text not null,
  "default_time" text not null,
  "date_order" text null,
  "daily_caps" jsonb not null,
  "last_post_number" int not null,
  "created_at" timestamptz not null,
  primary key ("id")
);

alter table "workspace" add constraint "workspace_chat_team" unique ("chat", "team_id");

alter table "workspace" add constraint "workspace_chat_check" check ("chat" in ('terminal', 'slack', 'discord'));

alter table "workspace" add constraint "workspace_date_order_check" check ("date_order" in ('DMY', 'MDY', 'YMD'));

create table "member" (
  "id" uuid not null,
  "workspace_id" uuid not null,
  "user_id" text not null,
  "name" text not null,
  "role" text not null,
  "time_zone" text null,
  "created_at" timestamptz not null,
  primary key ("id")
);

alter table "member" add constraint "member_workspace_user" unique ("workspace_id", "user_id");

alter table "member" add constraint "member_role_check" check ("role" in ('viewer', 'author', 'approver', 'admin'));

create table "post" (
  "id" uuid not null,
  "workspace_id" uuid not null,
  "number" int not null,
  "text" text not null,
  "variants" jsonb not null,
  "media_ids" jsonb not null,
  "hashtags" jsonb not null,
  "campaign" text null,
  "author_id" uuid not null,
  "scheduled_at" timestamptz null,
  "wall_time" text null,
  "time_zone" text null,
  "recurrence" text null,
  "origin_chat" text not null,
  "origin_channel" text not null,
  "origin_message" text null,
  "created_at" timestamptz not null,
  "updated_at" timestamptz not null,
  primary key ("id")
);

create index "post_workspace_scheduled" on "post" ("workspace_id", "scheduled_at");

create index "post_workspace_campaign" on "post" ("workspace_id", "campaign");

alter table "post" add constraint "post_workspace_number" unique ("workspace_id", "number");

alter table "post" add constraint "post_slot_is_whole" check ((scheduled_at is null) = (wall_time is null) and (scheduled_at is null) = (time_zone is null));

alter table "post" add constraint "post_origin_chat_check" check ("origin_chat" in ('terminal', 'slack', 'discord'));

create table "media" (
  "id" uuid not null,
  "workspace_id" uuid not null,
  "hash" text not null,
  "mime_type" text not null,
  "size" int not null,
  "width" int not null,
  "height" int not null,
  "duration_ms" int null,
  "alt_text" text not null,
  "created_at" timestamptz not null,
  primary key ("id")
);

create index "media_workspace_hash" on "media" ("workspace_id", "hash");

create table "digest" (
  "id" uuid not null,
  "workspace_id" uuid not null,
  "channel" text not null,
  "period" text not null,
  "wall_time" text not null,
  "state" text not null,
  "due_at" timestamptz null,
  "created_at" timestamptz not null,
  primary key ("id")
);

create index "digest_state_due" on "digest" ("state", "due_at");

alter table "digest" add constraint "digest_period_check" check ("period" in ('daily', 'weekly', 'monthly'));

alter table "digest" add constraint "digest_state_check" check ("state" in ('active', 'paused'));

create table "audit_event" (
  "id" uuid not null,
  "workspace_id" uuid not null,
  "member_id" uuid null,
  "post_id" uuid null,
  "verb" text not null,
  "details" jsonb not null,
  "at" timestamptz not null,
  primary key ("id")
);

create index "audit_event_workspace_at" on "audit_event" ("workspace_id", "at");

create index "audit_event_post" on "audit_event" ("post_id");

create or replace function "audit_event_audit_event_append_only_fn"() returns trigger as $$ begin raise exception 'audit events are append only'; end; $$ language plpgsql;

create trigger "audit_event_append_only" BEFORE UPDATE OR DELETE on "audit_event" for each ROW execute function "audit_event_audit_event_append_only_fn"();

create table "account" (
  "id" uuid not null,
  "workspace_id" uuid not null,
  "platform" text not null,
  "remote_id" text not null,
  "handle" text not null,
  "service" text not null,
  "state" text not null,
  "state_reason" text null,
  "announced_limits" jsonb null,
  "sealed_credentials" text null,
  "expires_at" timestamptz null,
  "created_at" timestamptz not null,
  primary key ("id")
);

alter table "account" add constraint "account_workspace_remote" unique ("workspace_id", "platform", "remote_id");

alter table "account" add constraint "account_state_check" check ("state" in ('connected', 'disconnected'));

create table "delivery" (
  "id" uuid not null,
  "workspace_id" uuid not null,
  "post_id" uuid not null,
  "account_id" uuid not null,
  "platform" text not null,
  "state" text not null,
  "hold_reason" text null,
  "due_at" timestamptz null,
  "tries" int not null,
  "round" int not null,
  "idempotency_key" uuid not null,
  "remote_id" text null,
  "url" text null,
  "error_kind" text null,
  "error_message" text null,
  "published_at" timestamptz null,
  "lease_token" uuid null,
  "lease_until" timestamptz null,
  "unverified_since" timestamptz null,
  "news_due_at" timestamptz null,
  "news_version" int not null,
  "created_at" timestamptz not null,
  "updated_at" timestamptz not null,
  primary key ("id")
);

create index "delivery_state_due" on "delivery" ("state", "due_at");

create index "delivery_workspace_state" on "delivery" ("workspace_id", "state");

create index "delivery_account_published" on "delivery" ("account_id", "published_at") where "published_at" is not null;

create index "delivery_account_remote" on "delivery" ("account_id", "remote_id") where "remote_id" is not null;

create index "delivery_lease" on "delivery" ("lease_until") where "lease_until" is not null;

create index "delivery_news_due" on "delivery" ("news_due_at") where "news_due_at" is not null;

alter table "delivery" add constraint "delivery_post_account" unique ("post_id", "account_id");

alter table "delivery" add constraint "delivery_idempotency_key" unique ("idempotency_key");

alter table "delivery" add constraint "delivery_lease_while_publishing" check ((state = 'publishing') = (lease_token is not null));

alter table "delivery" add constraint "delivery_due_when_claimable" check (due_at is not null or state <> 'scheduled' and state <> 'retrying');

alter table "delivery" add constraint "delivery_reason_while_held" check ((state = 'held') = (hold_reason is not null));

alter table "delivery" add constraint "delivery_published_at_when_published" check (state <> 'published' or published_at is not null);

alter table "delivery" add constraint "delivery_state_check" check ("state" in ('scheduled', 'publishing', 'published', 'retrying', 'unconfirmed', 'held', 'failed', 'canceled'));

alter table "delivery" add constraint "delivery_hold_reason_check" check ("hold_reason" in ('draft', 'account', 'cap'));

alter table "delivery" add constraint "delivery_error_kind_check" check ("error_kind" in ('invalid-input', 'not-permitted', 'not-found', 'auth-expired', 'auth-revoked', 'rate-limited', 'rejected', 'unavailable', 'outcome-unknown'));

create table "metric_snapshot" (
  "id" uuid not null,
  "account_id" uuid not null,
  "delivery_id" uuid null,
  "figures" jsonb not null,
  "at" timestamptz not null,
  primary key ("id")
);

create index "metric_snapshot_account_at" on "metric_snapshot" ("account_id", "at");

create index "metric_snapshot_delivery_at" on "metric_snapshot" ("delivery_id", "at");

create table "attempt" (
  "id" uuid not null,
  "delivery_id" uuid not null,
  "round" int not null,
  "phase" text not null,
  "outcome" text null,
  "handles" jsonb not null,
  "error_kind" text null,
  "error_message" text null,
  "started_at" timestamptz not null,
  "sending_at" timestamptz null,
  "finished_at" timestamptz null,
  primary key ("id")
);

create index "attempt_delivery_started" on "attempt" ("delivery_id", "started_at");

alter table "attempt" add constraint "attempt_outcome_when_done" check ((phase = 'done') = (outcome is not null));

alter table "attempt" add constraint "attempt_phase_check" check ("phase" in ('preparing', 'sending', 'done'));

alter table "attempt" add constraint "attempt_outcome_check" check ("outcome" in ('published', 'not-applied', 'unknown', 'released'));

alter table "attempt" add constraint "attempt_error_kind_check" check ("error_kind" in ('invalid-input', 'not-permitted', 'not-found', 'auth-expired', 'auth-revoked', 'rate-limited', 'rejected', 'unavailable', 'outcome-unknown'));

alter table "member" add constraint "member_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id");

alter table "post" add constraint "post_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id");

alter table "post" add constraint "post_author_id_foreign" foreign key ("author_id") references "member" ("id");

alter table "media" add constraint "media_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id");

alter table "digest" add constraint "digest_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id");

alter table "audit_event" add constraint "audit_event_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id");

alter table "audit_event" add constraint "audit_event_member_id_foreign" foreign key ("member_id") references "member" ("id") on delete no action;

alter table "audit_event" add constraint "audit_event_post_id_foreign" foreign key ("post_id") references "post" ("id") on delete no action;

alter table "account" add constraint "account_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id");

alter table "delivery" add constraint "delivery_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id");

alter table "delivery" add constraint "delivery_post_id_foreign" foreign key ("post_id") references "post" ("id");

alter table "delivery" add constraint "delivery_account_id_foreign" foreign key ("account_id") references "account" ("id");

alter table "metric_snapshot" add constraint "metric_snapshot_account_id_foreign" foreign key ("account_id") references "account" ("id");

alter table "metric_snapshot" add constraint "metric_snapshot_delivery_id_foreign" foreign key ("delivery_id") references "delivery" ("id") on delete set null;

alter table "attempt" add constraint "attempt_delivery_id_foreign" foreign key ("delivery_id") references "delivery" ("id");
`;

export class First extends Migration {
  override up(): void {
    for (const statement of SQL.split(/;\n\n|;\n$/)) if (statement.trim() !== '') this.addSql(statement);
  }
}
