// When a workspace's queued posts go out.
import { Migration } from '@mikro-orm/migrations';

export class Slots extends Migration {
  override up(): void {
    this.addSql(`alter table "workspace" add "slots" jsonb not null default '{}'`);
  }
}
