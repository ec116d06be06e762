// A calendar in words, day by day: for whoever cannot see its picture, and where there is none; and a menu of the posts.
import { type CalendarDay, type CalendarEntry, monthName, type PostCalendar, weekdayName } from '../../core/post-calendar.ts';
import { shorten } from '../../core/text.ts';
import { MENU_OPTIONS, type Menu, type Section } from '../reply.ts';
import { showButton } from './post-buttons.ts';

/** Entries of a day; the others are counted, as in the picture. */
const DAY_ENTRIES = 6;
const FIRST_WORDS = 60;
const LABEL_WORDS = 40;

/** One for each day that has posts. */
export function calendarSections({ days }: PostCalendar): Section[] {
  return busyDays(days).map((day) => ({
    heading: headingOf(day),
    lines: [
      ...day.entries.slice(0, DAY_ENTRIES).map(lineOf),
      ...(day.entries.length > DAY_ENTRIES ? [`+${day.entries.length - DAY_ENTRIES} more`] : []),
    ],
  }));
}

const busyDays = (days: readonly CalendarDay[]): CalendarDay[] =>
  days.filter(({ isWithin, entries }) => isWithin && entries.length > 0);

const headingOf = ({ date, isToday }: CalendarDay): string =>
  `${weekdayName(date)} ${date.day} ${monthName(date)}${isToday ? ' · today' : ''}`;

/** `coming` is said of the post it recurs from. */
function lineOf({ time, state, networks, post, text }: CalendarEntry): string {
  const names = networks.map(({ name }) => name).join(', ');
  const how = state === 'coming' ? `${post} recurs` : `${post} ${state}`;
  return `${time} · ${how} · ${names}${text === '' ? '' : ` · ${shorten(text, FIRST_WORDS)}`}`;
}

/** Opens a post that the words name: each once, those from today on first. Null where there is none. */
export function openMenu({ days }: PostCalendar): Menu | null {
  const busy = busyDays(days);
  const soonestFirst = [...busy.filter(({ isPast }) => !isPast), ...busy.filter(({ isPast }) => isPast)];
  const entries = soonestFirst.flatMap((day) => day.entries.slice(0, DAY_ENTRIES));
  const first = entries.filter(({ post }, index) => entries.findIndex((other) => other.post === post) === index);
  const options = first.slice(0, MENU_OPTIONS).map(({ post, text }) => ({ ...showButton(post), label: labelOf(post, text) }));
  return options.length === 0 ? null : { label: 'Open a post', options };
}

const labelOf = (post: string, text: string): string => (text === '' ? post : `${post} · ${shorten(text, LABEL_WORDS)}`);

/** What the picture shows, in a sentence or two. */
export function calendarAltText(calendar: PostCalendar, title: string): string {
  const states = calendar.days.flatMap(({ isWithin, entries }) => (isWithin ? entries.map(({ state }) => state) : []));
  const counts = [...Map.groupBy(states, (state) => state)].map(
    ([state, all]) => `${all.length} ${state === 'coming' ? 'to recur' : state}`,
  );
  return `Calendar of ${title}: ${counts.length === 0 ? 'nothing planned' : counts.join(', ')}. The same is said in words.`;
}
