// Posts that recur: the series, and which occurrence of it a post is.
import { Migration } from '@mikro-orm/migrations';

const SQL = `
create table "series" (
  "id" uuid not null,
  "workspace_id" uuid not null,
  "state" text not null,
  "rule" text not null,
  "wall_time" text not null,
  "time_zone" text not null,
  "text" text not null,
  "variants" jsonb not null,
  "media_ids" jsonb not null,
  "hashtags" jsonb not null,
  "campaign" text null,
  "account_ids" jsonb not null,
  "author_id" uuid not null,
  "origin_chat" text not null,
  "origin_channel" text not null,
  "origin_message" text null,
  "post_number" int not null,
  "occurrence_at" timestamptz not null,
  "active_since" timestamptz not null,
  "created_at" timestamptz not null,
  "updated_at" timestamptz not null,
  primary key ("id")
);

create index "series_state" on "series" ("state");

alter table "post" drop column "recurrence";

alter table "post" add "series_id" uuid null, add "occurrence_at" timestamptz null;

alter table "post" add constraint "post_series_id_foreign" foreign key ("series_id") references "series" ("id") on delete no action;

alter table "post" add constraint "post_series_occurrence" unique ("series_id", "occurrence_at");

alter table "post" add constraint "post_occurrence_is_whole" check ((series_id is null) = (occurrence_at is null));

alter table "delivery" drop constraint "delivery_hold_reason_check";

alter table "delivery" add constraint "delivery_hold_reason_check" check ("hold_reason" in ('draft', 'account', 'cap', 'paused'));

alter table "series" add constraint "series_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id");

alter table "series" add constraint "series_author_id_foreign" foreign key ("author_id") references "member" ("id");

alter table "series" add constraint "series_state_check" check ("state" in ('active', 'paused', 'ended'));

alter table "series" add constraint "series_origin_chat_check" check ("origin_chat" in ('terminal', 'slack', 'discord'));
`;

export class SeriesTable extends Migration {
  override up(): void {
    for (const statement of SQL.split(/;\n\n|;\n$/)) if (statement.trim() !== '') this.addSql(statement);
  }
}
