// How a person's words for a time are to be read: in their zone, by the habits of their workspace.
import type { WhenOptions } from './time/when.ts';
import { type Actor, zoneOf } from './workspace.ts';

export function whenOptions(actor: Actor, now: Temporal.Instant): WhenOptions {
  const { dateOrder, defaultTime, country, language } = actor.workspace;
  return { now, timeZone: zoneOf(actor), dateOrder, defaultTime, country, ...(language === null ? {} : { locale: language }) };
}
