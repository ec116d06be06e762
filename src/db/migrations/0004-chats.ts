// What chats with many teams need: roles by rule, teams Crier was removed from, profiles, installations, and what was seen already.
import { Migration } from '@mikro-orm/migrations';

const STATEMENTS = [
  `alter table "workspace" add "role_rules" jsonb not null default '{}', add "removed_at" timestamptz null`,
  'alter table "member" add "profile_time_zone" text null, add "locale" text null',
  'create index "member_user" on "member" ("user_id")',
  'alter table "delivery" drop constraint "delivery_hold_reason_check"',
  `alter table "delivery" add constraint "delivery_hold_reason_check" check ("hold_reason" in ('draft', 'account', 'cap', 'paused', 'removed'))`,
  `create table "installation" (
    "chat" text not null,
    "team_id" text not null,
    "sealed" text not null,
    "created_at" timestamptz not null,
    "updated_at" timestamptz not null,
    primary key ("chat", "team_id")
  )`,
  `alter table "installation" add constraint "installation_chat_check" check ("chat" in ('terminal', 'slack', 'discord'))`,
  'create table "seen_event" ("key" text not null, "at" timestamptz not null, primary key ("key"))',
  'create index "seen_event_at" on "seen_event" ("at")',
];

export class Chats extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}
