// What connecting by a link needs: Crier's apps at networks' servers, and links that were given out and not used yet.
import { Migration } from '@mikro-orm/migrations';

const STATEMENTS = [
  `create table "oauth_app" (
    "platform" text not null,
    "service" text not null,
    "redirect_uri" text not null,
    "sealed" text not null,
    "created_at" timestamptz not null,
    primary key ("platform", "service", "redirect_uri")
  )`,
  `create table "oauth_link" (
    "token_hash" text not null,
    "state_hash" text not null,
    "workspace_id" uuid not null,
    "member_id" uuid not null,
    "platform" text not null,
    "service" text not null,
    "redirect_uri" text not null,
    "origin_chat" text not null,
    "origin_channel" text not null,
    "origin_message" text null,
    "sealed" text not null,
    "expires_at" timestamptz not null,
    primary key ("token_hash")
  )`,
  'alter table "oauth_link" add constraint "oauth_link_state" unique ("state_hash")',
  `alter table "oauth_link" add constraint "oauth_link_origin_chat_check" check ("origin_chat" in ('terminal', 'slack', 'discord'))`,
  'alter table "oauth_link" add constraint "oauth_link_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id")',
  'alter table "oauth_link" add constraint "oauth_link_member_id_foreign" foreign key ("member_id") references "member" ("id")',
  'create index "oauth_link_expiry" on "oauth_link" ("expires_at")',
];

export class Links extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}
