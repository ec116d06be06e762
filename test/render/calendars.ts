// Calendars of fixed data with every state, long names, emoji and right-to-left text, for golden pictures.
import {
  type CalendarEntry,
  type CalendarNetwork,
  type CalendarState,
  datesOf,
  type PostCalendar,
} from '../../src/core/post-calendar.ts';

const network = (id: string, name: string, label: string): CalendarNetwork => ({ id, name, label });
const BLUESKY = network('bluesky', 'Bluesky', 'BL');
const MASTODON = network('mastodon', 'Mastodon', 'MA');
const INSTAGRAM = network('instagram', 'Instagram', 'IG');
const LINKEDIN = network('linkedin', 'LinkedIn', 'LI');
const LONG = network('long', 'The Network of the Friends of Very Long Names & <Brackets>', 'THE');
const ALL = [BLUESKY, MASTODON, INSTAGRAM, LINKEDIN, LONG];

const entry = (time: string, state: CalendarState, text: string, networks: CalendarNetwork[] = [BLUESKY]): CalendarEntry => ({
  time,
  state,
  text,
  networks,
  post: 'P1',
});

const many = (count: number): CalendarEntry[] =>
  Array.from({ length: count }, (_, index) =>
    entry(`${String(8 + index).padStart(2, '0')}:00`, 'scheduled', `Hourly news, number ${index + 1}`),
  );

/** Monday 23 November 2026; it is Wednesday. */
const WEEK: readonly CalendarEntry[][] = [
  [
    entry('09:00', 'published', 'We are live: the new workshop programme for spring', [BLUESKY, MASTODON]),
    entry('12:30', 'partly published', 'What we learned from a year of kites above the rooftops of Lisbon', [
      INSTAGRAM,
      LINKEDIN,
    ]),
    entry('18:00', 'failed', 'Doors open at seven', [INSTAGRAM]),
  ],
  [entry('08:15', 'unconfirmed', 'Coffee first ☕🎉 then the launch 🚀👩‍🚀', [MASTODON])],
  [
    entry('10:00', 'publishing', 'שלום עולם! הסדנה נפתחת היום בשעה 10:00.', [BLUESKY]),
    entry('10:05', 'retrying', 'مرحبا بكم في الورشة الجديدة، نراكم غدا!', [MASTODON]),
    entry('17:45', 'scheduled', `A very long sentence that goes on ${'and on '.repeat(9)}`, ALL),
  ],
  [],
  many(9),
  [entry('11:00', 'held', 'Waits for Instagram to be connected again', [INSTAGRAM])],
  [entry('20:00', 'coming', 'Sunday roundup', [BLUESKY, LINKEDIN])],
];

const TODAY = Temporal.PlainDate.from('2026-11-25');

function calendarOf(
  span: 'week' | 'month',
  from: string,
  entriesOn: (date: Temporal.PlainDate) => CalendarEntry[],
): PostCalendar {
  const start = Temporal.PlainDate.from(from);
  const days = datesOf(span, start, 1).map((date) => {
    const order = Temporal.PlainDate.compare(date, TODAY);
    const isWithin = span === 'week' || date.month === start.month;
    return { date, isToday: order === 0, isPast: order < 0, isWithin, entries: entriesOn(date) };
  });
  const used = new Set(days.flatMap(({ entries }) => entries.flatMap(({ networks }) => networks)));
  const networks = ALL.filter((each) => used.has(each));
  return { span, start, timeZone: 'Europe/Berlin', networks, only: null, left: 0, days };
}

export const fullWeek = calendarOf('week', '2026-11-23', (date) => WEEK[date.dayOfWeek - 1] ?? []);
export const emptyWeek: PostCalendar = {
  ...calendarOf('week', '2026-12-28', () => []),
  only: LONG,
  timeZone: 'America/Argentina/Buenos_Aires',
};
export const fullMonth = calendarOf('month', '2026-11-01', (date) => {
  if (date.month === 12) return [entry('09:00', 'coming', 'December')];
  if (date.month === 10) return [];
  if (date.day >= 23 && date.day <= 29) return WEEK[date.dayOfWeek - 1] ?? [];
  if (date.dayOfWeek === 2) return [entry('09:00', date.day < 25 ? 'published' : 'coming', 'Every Tuesday', [LONG, LINKEDIN])];
  return date.day % 4 === 0 ? [entry('16:30', 'published', 'Now and then', [MASTODON])] : [];
});
