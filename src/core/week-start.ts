// With which day a week begins, by the country. The runtime knows it (CLDR), so no table is kept here.
import type { Actor } from './workspace.ts';

const MONDAY = 1;

/** 1 (Monday) to 7. Where the workspace is, else what the member's own locale says of their country; Monday where nobody has said. */
export function firstDayOfWeek({ workspace, member }: Pick<Actor, 'workspace' | 'member'>): number {
  const country = workspace.country ?? regionOf(member.locale);
  return country === undefined ? MONDAY : firstDayIn(country);
}

function regionOf(locale: string | null): string | undefined {
  try {
    return locale === null ? undefined : new Intl.Locale(locale.replaceAll('_', '-')).region;
  } catch (error) {
    // a chat's own word for it, which is none of a locale
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** https://tc39.es/proposal-intl-locale-info/ (unverified) */
const firstDayIn = (country: string): number => new Intl.Locale('und', { region: country }).getWeekInfo().firstDay;
