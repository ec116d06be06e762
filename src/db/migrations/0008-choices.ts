// What a login led to, where that was several accounts, while the person chooses.
import { Migration } from '@mikro-orm/migrations';

const STATEMENTS = [
  `create table "oauth_choice" (
    "token_hash" text not null,
    "workspace_id" uuid not null,
    "member_id" uuid not null,
    "platform" text not null,
    "origin_chat" text not null,
    "origin_channel" text not null,
    "origin_message" text null,
    "sealed" text not null,
    "expires_at" timestamptz not null,
    primary key ("token_hash")
  )`,
  `alter table "oauth_choice" add constraint "oauth_choice_origin_chat_check" check ("origin_chat" in ('terminal', 'slack', 'discord'))`,
  'alter table "oauth_choice" add constraint "oauth_choice_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id")',
  'alter table "oauth_choice" add constraint "oauth_choice_member_id_foreign" foreign key ("member_id") references "member" ("id")',
  'create index "oauth_choice_expiry" on "oauth_choice" ("expires_at")',
];

export class Choices extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}
