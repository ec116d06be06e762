// How the database's own types become the domain's.
import { Type } from '@mikro-orm/core';
import { z } from 'zod';

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

/** `timestamptz` as a hand-written statement returns it: the driver's own `Date`, or text where the ORM has set its parsers. */
export const instant = z
  .union([z.date(), z.string()])
  .transform((value) =>
    value instanceof Date ? Temporal.Instant.fromEpochMilliseconds(value.getTime()) : Temporal.Instant.from(value),
  );
