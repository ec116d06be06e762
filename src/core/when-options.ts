// How a person's words for a time are to be read: in their zone, by the habits of their workspace.
import { LANGUAGE_CODES } from './time/languages/table.ts';
import type { WhenOptions } from './time/when.ts';
import { type Actor, zoneOf } from './workspace.ts';

/**
 * The language this person says times in beside English, `de`: the workspace's, else that of their profile. Null for English alone.
 * The order of dates is the workspace's alone: a profile's locale is rarely chosen with care, and 3/4 is asked, never guessed.
 */
export function languageOf({ workspace, member }: Actor): string | null {
  if (workspace.language !== null) return workspace.language;
  const code = member.locale?.split(/[-_]/)[0]?.toLowerCase() ?? 'en';
  return code !== 'en' && LANGUAGE_CODES.includes(code) ? code : null;
}

export function whenOptions(actor: Actor, now: Temporal.Instant): WhenOptions {
  const { dateOrder, defaultTime, country } = actor.workspace;
  const language = languageOf(actor);
  return { now, timeZone: zoneOf(actor), dateOrder, defaultTime, country, ...(language === null ? {} : { locale: language }) };
}
