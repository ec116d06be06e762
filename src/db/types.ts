// How the database's own types become the domain's.
import { Type } from '@mikro-orm/core';

/** `timestamptz` <-> `Temporal.Instant`. PostgreSQL keeps microseconds; the clock hands out milliseconds, so nothing is lost. */
export class InstantType extends Type<Temporal.Instant | null, string | null> {
  override convertToDatabaseValue(value: Temporal.Instant | null): string | null {
    return value === null || value === undefined ? null : value.toString();
  }

  override convertToJSValue(value: string | null): Temporal.Instant | null {
    return value === null || value === undefined ? null : Temporal.Instant.from(value);
  }

  override compareAsType(): string {
    return 'string';
  }

  override getColumnType(): string {
    return 'timestamptz';
  }

  override get runtimeType(): string {
    return 'object';
  }
}
