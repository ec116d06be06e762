// What a post says beside its text: options of single networks, whether it is a thread, the first comment.
import { Migration } from '@mikro-orm/migrations';

const NOTHING = `'{"options":{},"thread":false,"comment":null}'`;

export class SaidBeside extends Migration {
  override up(): void {
    for (const table of ['post', 'series']) {
      this.addSql(`alter table "${table}" add "beside" jsonb not null default ${NOTHING}`);
      this.addSql(`alter table "${table}" alter column "beside" drop default`);
    }
  }
}
