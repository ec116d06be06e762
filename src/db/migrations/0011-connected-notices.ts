// Notices of accounts that were connected where no chat of their workspace is.
import { Migration } from '@mikro-orm/migrations';

export class ConnectedNotices extends Migration {
  override up(): void {
    this.addSql('alter table "notice" drop constraint "notice_kind_check"');
    this.addSql(
      `alter table "notice" add constraint "notice_kind_check" check ("kind" in ('login-dead', 'login-ends', 'connected'))`,
    );
  }
}
