import { describe, expect, it } from 'vitest';
import type { CalendarState, PostCalendar } from '../../src/core/post-calendar.ts';
import type { Theme } from '../../src/core/workspace.ts';
import { calendarSvg, drawCalendar } from '../../src/render/calendar.ts';
import { LOOKS, type StateColours } from '../../src/render/calendar-look.ts';
import { stateMark } from '../../src/render/calendar-marks.ts';
import { drawable } from '../../src/render/fonts.ts';
import { emptyWeek, fullMonth, fullWeek } from './calendars.ts';
import { contrast } from './colours.ts';
import { difference, expectPicture } from './golden.ts';

const withText = (text: string): PostCalendar => ({
  ...fullWeek,
  days: fullWeek.days.map((day) => ({ ...day, entries: day.entries.map((entry) => ({ ...entry, text })) })),
});

describe('the picture of a calendar', () => {
  const pictures = [
    ['week', fullWeek],
    ['month', fullMonth],
    ['empty-week', emptyWeek],
  ] as const;
  const themes: Theme[] = ['light', 'dark'];

  it.each(pictures.flatMap(([name, calendar]) => themes.map((theme) => [name, theme, calendar] as const)))(
    'of a %s in %s is as it was looked over',
    async (name, theme, calendar) => {
      await expectPicture(`calendar-${name}-${theme}`, await drawCalendar(calendar, theme));
    },
  );

  it('differs by more than the tolerance where one word does', async () => {
    const [one, other] = await Promise.all([
      drawCalendar(withText('Hello kites'), 'light'),
      drawCalendar(withText('Hello kings'), 'light'),
    ]);
    expect(await difference(one, other)).toBeGreaterThan(0.05);
  });

  it('counts what a day has no room for', () => {
    expect(calendarSvg(fullWeek, 'light')).toContain('>+4 more<');
    expect(calendarSvg(fullMonth, 'light')).toContain('>+5 more<');
  });

  it('says how many posts it leaves out', () => {
    expect(calendarSvg({ ...fullWeek, left: 700 }, 'light')).toContain('18 of 718 posts');
  });

  it.each(['</text><script>', '&amp;', '\u0000\u0007\uFFFE', '\uD83D', ''])('is drawn whatever a post says: %j', async (text) => {
    const png = await drawCalendar(withText(text), 'light');
    expect([...png.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
  });

  it('tells states by shape, and not by colour alone', () => {
    const states = Object.keys(LOOKS.light.states).filter((name): name is CalendarState => name in LOOKS.light.states);
    const grey: StateColours = { strong: '#000000', soft: '#ffffff' };
    const look = {
      ...LOOKS.light,
      states: {
        ...{ scheduled: grey, coming: grey, publishing: grey, published: grey, 'partly published': grey },
        ...{ held: grey, retrying: grey, unconfirmed: grey, failed: grey },
      },
    };
    expect(new Set(states.map((state) => stateMark(state, 0, 0, 10, look))).size).toBe(states.length);
  });

  it.each(themes)('keeps words readable upon what is behind them in %s', (theme) => {
    const look = LOOKS[theme];
    const behind = [look.page, look.quiet, look.todaySoft];
    expect(
      behind.flatMap((ground) => [contrast(look.ink, ground), contrast(look.muted, ground)]).filter((each) => each < 4.5),
    ).toEqual([]);
    const marks = Object.values(look.states).flatMap(({ strong, soft }) => [contrast(strong, soft), contrast(look.upon, strong)]);
    expect(marks.filter((each) => each < 3)).toEqual([]);
    expect(contrast(look.badgeInk, look.badge)).toBeGreaterThan(4.5);
    expect(contrast(look.upon, look.today)).toBeGreaterThan(4.5);
  });
});

describe('words with emoji', () => {
  it.each([
    ['stay as they are without any', 'office السلام שָׁלוֹם', 'office السلام שָׁלוֹם'],
    ['keep those of one sign', 'Tea ☕ now', 'Tea ☕ now'],
    ['have the first sign of those of several', 'Go 👩‍🚀👍🏽❤️', 'Go 👩👍❤'],
    ['have the letters of flags', 'In 🇩🇪', 'In DE'],
    ['lose ligatures', 'office ☕', 'of\u200Cf\u200Cice ☕'],
    ['lose marks', 'שָׁלוֹם ☕', 'שלום ☕'],
    ['lose the emoji where letters join', 'السلام ☕', 'السلام '],
  ])('%s', (_, words, drawn) => {
    expect(drawable(words)).toBe(drawn);
  });
});
