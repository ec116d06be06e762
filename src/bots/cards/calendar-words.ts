// A calendar in words, day by day: for whoever cannot see its picture, and where there is none. Each post is opened by a press.
import { type CalendarDay, type CalendarEntry, monthName, type PostCalendar, weekdayName } from '../../core/post-calendar.ts';
import { shorten } from '../../core/text.ts';
import type { Button, Section } from '../reply.ts';
import { showButton } from './post-buttons.ts';

/** Entries of a day; the others are counted, as in the picture. */
const DAY_ENTRIES = 6;
/** Posts with a button: one menu of Discord, and one row of Slack. */
const BUTTONS = 25;
const FIRST_WORDS = 60;

/** One for each day that has posts. Those from today on have the buttons first. */
export function calendarSections({ days }: PostCalendar): Section[] {
  const busy = days.filter(({ isWithin, entries }) => isWithin && entries.length > 0);
  const opened = openable(busy);
  return busy.map((day) => ({
    heading: headingOf(day),
    lines: [
      ...day.entries.slice(0, DAY_ENTRIES).map(lineOf),
      ...(day.entries.length > DAY_ENTRIES ? [`+${day.entries.length - DAY_ENTRIES} more`] : []),
    ],
    ...withButtons(postsOf(day).filter((post) => opened.get(day)?.includes(post))),
  }));
}

const withButtons = (posts: readonly string[]): { buttons?: Button[] } =>
  posts.length === 0 ? {} : { buttons: posts.map((post) => ({ ...showButton(post), label: `Show ${post}` })) };

const headingOf = ({ date, isToday }: CalendarDay): string =>
  `${weekdayName(date)} ${date.day} ${monthName(date)}${isToday ? ' · today' : ''}`;

/** `coming` is said of the post it recurs from. */
function lineOf({ time, state, networks, post, text }: CalendarEntry): string {
  const names = networks.map(({ name }) => name).join(', ');
  const how = state === 'coming' ? `${post} recurs` : `${post} ${state}`;
  return `${time} · ${how} · ${names}${text === '' ? '' : ` · ${shorten(text, FIRST_WORDS)}`}`;
}

const postsOf = ({ entries }: CalendarDay): string[] => [...new Set(entries.slice(0, DAY_ENTRIES).map(({ post }) => post))];

/** Which posts have a button on which day: each once, until there is no more room. */
function openable(busy: readonly CalendarDay[]): Map<CalendarDay, string[]> {
  const taken = new Set<string>();
  const opened = new Map<CalendarDay, string[]>();
  for (const day of [...busy.filter(({ isPast }) => !isPast), ...busy.filter(({ isPast }) => isPast)]) {
    const own = postsOf(day).filter((post) => !taken.has(post));
    const fitting = own.slice(0, BUTTONS - taken.size);
    for (const post of fitting) taken.add(post);
    opened.set(day, fitting);
  }
  return opened;
}

/** What the picture shows, in a sentence or two. */
export function calendarAltText(calendar: PostCalendar, title: string): string {
  const states = calendar.days.flatMap(({ isWithin, entries }) => (isWithin ? entries.map(({ state }) => state) : []));
  const counts = [...Map.groupBy(states, (state) => state)].map(
    ([state, all]) => `${all.length} ${state === 'coming' ? 'to recur' : state}`,
  );
  return `Calendar of ${title}: ${counts.length === 0 ? 'nothing planned' : counts.join(', ')}. The same is said in words.`;
}
