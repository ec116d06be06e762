// What is offered while a time is typed: the time as it is understood, each way where there is more than one, and a few to begin with.
import { describeWhen } from '../../core/time/format.ts';
import { parseOnlyWhen } from '../../core/time/parse-when.ts';
import { soundsRecurring } from '../../core/time/recurrence.ts';
import { languageOf, whenOptions } from '../../core/when-options.ts';
import { type Actor, zoneOf } from '../../core/workspace.ts';
import { echoTime } from '../live-echo.ts';

export interface Offer {
  /** What the person reads. */
  name: string;
  /** What the command gets. */
  value: string;
}

const TO_BEGIN_WITH = ['in 1 hour', 'today 18:00', 'tomorrow 9am', 'Monday 9am', 'Friday noon'];

/** `takesRecurring`: whether "every Monday" can be meant here. */
export function offerTimes(words: string, { actor, now, takesRecurring }: TimeContext): Offer[] {
  const typed = words.trim();
  const known = [...TO_BEGIN_WITH, ...(takesRecurring ? ['every Monday 9am'] : [])];
  const begun = known.filter((each) => each.toLowerCase().startsWith(typed.toLowerCase()));
  const own = typed === '' ? [] : understood(typed, { actor, now, takesRecurring });
  const suggested = begun
    .filter((each) => each.toLowerCase() !== typed.toLowerCase())
    .flatMap((each) => understood(each, { actor, now, takesRecurring }).filter(({ value }) => value === each))
    .map(({ name, value }) => ({ name: `${value}: ${name}`, value }));
  // why it is no time yet is only worth saying where nothing begins like it
  const isUnread = own.length === 1 && own[0]?.isTime === false;
  return isUnread && suggested.length > 0 ? suggested : [...own, ...suggested];
}

interface TimeContext {
  actor: Actor;
  now: Temporal.Instant;
  takesRecurring: boolean;
}

function understood(words: string, context: TimeContext): (Offer & { isTime: boolean })[] {
  const { actor, now } = context;
  const options = whenOptions(actor, now);
  const when = soundsRecurring(words, languageOf(actor)) ? null : parseOnlyWhen(words, options);
  if (when?.kind === 'ambiguous')
    return when.choices.map(({ at, label }) => ({
      name: `${label}: ${describeWhen(at, now)}`,
      value: exactly(at, zoneOf(actor)),
      isTime: true,
    }));
  const { lines, isTime } = echoTime(words, context);
  return [{ name: lines.join(' or '), value: words, isTime }];
}

/** Words that are read as that moment and no other: `2026-11-23T09:00:00+01:00[Europe/Berlin]`. */
function exactly(at: Temporal.ZonedDateTime, timeZone: string): string {
  const local = at.withTimeZone(timeZone);
  // a zone that is only an offset is said by the offset already
  return local.toString({ smallestUnit: 'second', timeZoneName: /^[A-Z]/i.test(local.timeZoneId) ? 'auto' : 'never' });
}
