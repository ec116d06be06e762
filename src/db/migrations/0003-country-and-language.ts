// Whose holidays a workspace means, and the language it says times in.
import { Migration } from '@mikro-orm/migrations';

export class CountryAndLanguage extends Migration {
  override up(): void {
    this.addSql('alter table "workspace" add "country" text null, add "language" text null');
  }
}
