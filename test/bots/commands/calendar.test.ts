import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { buttonId, buttonsOf } from '../../../src/bots/reply.ts';
import type { PostCalendar } from '../../../src/core/post-calendar.ts';
import type { Theme } from '../../../src/core/workspace.ts';
import { drawCalendar } from '../../../src/render/calendar.ts';
import { closeNewsrooms } from '../../core/usecases/newsroom.ts';
import { type Desk, idOf, labelsOf, openDesk, wordsOf } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterAll(closeNewsrooms);

const NO_REPORT = (): Promise<never> => Promise.reject(new Error('a calendar is no report'));

const words = async (line: string): Promise<string> => wordsOf((await desk.say(line)).reply);

describe('/calendar', () => {
  it('says the same as its picture, day by day', async () => {
    await desk.say('/schedule in 2 hours to bluesky, mastodon: Today');
    await desk.say('/schedule in 3 hours to mastodon: And later');
    expect(await words('/calendar')).toBe(
      [
        'Calendar of 16 to 22 November 2026',
        '2 posts.',
        'Sun 22 November · today',
        '12:00 · P1 scheduled · Bluesky, Mastodon · Today',
        '13:00 · P2 scheduled · Mastodon · And later',
        'Times in Europe/Berlin.',
      ].join('\n'),
    );
  });

  it('comes with the picture, and with what it shows for whoever does not see it', async () => {
    desk.deps.pictures = { calendar: drawCalendar, report: NO_REPORT };
    await desk.say('/schedule in 2 hours to bluesky: Today');
    const [picture] = (await desk.say('/calendar month')).reply.files ?? [];
    expect(picture).toMatchObject({
      name: 'calendar-month-2026-11-01.png',
      mimeType: 'image/png',
      altText: 'Calendar of November 2026: 1 scheduled. The same is said in words.',
    });
    expect(Buffer.from(picture?.bytes ?? []).toString('latin1', 1, 4)).toBe('PNG');
  });

  it('draws what it says, on the ground that the workspace wants', async () => {
    const drawn: (PostCalendar & { theme: Theme })[] = [];
    desk.deps.pictures = {
      calendar: async (calendar, theme) => new Uint8Array(drawn.push({ ...calendar, theme })),
      report: NO_REPORT,
    };
    await desk.say('/settings pictures dark');
    await desk.say('/calendar month bluesky');
    expect(drawn.map(({ span, only, start, theme }) => [span, only?.id, start.toString(), theme])).toEqual([
      ['month', 'bluesky', '2026-11-01', 'dark'],
    ]);
  });

  it('says all in words where the picture cannot be drawn', async () => {
    desk.deps.pictures = { calendar: () => Promise.reject(new Error('no fonts')), report: NO_REPORT };
    await desk.say('/schedule in 2 hours to bluesky: Today');
    const { reply, bug } = await desk.say('/calendar');
    expect([bug, reply.files]).toEqual([false, undefined]);
    expect(wordsOf(reply)).toContain('12:00 · P1 scheduled · Bluesky · Today');
    expect(wordsOf(reply)).toContain('The picture could not be drawn. The log says why.');
  });

  it('says how to plan where nothing is', async () => {
    expect(await words('/calendar week masto')).toContain(
      'Nothing is planned to Mastodon. Plan a post: /schedule tomorrow 9am to mastodon: Hello',
    );
  });

  it.each([
    ['/calendar', 'week', undefined],
    ['/calendar month', 'month', undefined],
    ['/calendar MONTH Masto', 'month', 'mastodon'],
    ['/calendar bluesky', 'week', 'bluesky'],
    ['/calendar bluesky month', 'month', 'bluesky'],
    ['/calendar network:bluesky', 'week', 'bluesky'],
  ])('reads %s', async (line, span, network) => {
    const { reply } = await desk.say(line);
    const later = buttonsOf(reply).find(({ label }) => label === 'Later');
    expect(later?.subject.split('~')).toEqual([span, expect.any(String), network ?? 'all']);
  });

  it.each([
    ['/calendar mont', '"mont" is neither week nor month, and no network. Did you mean /calendar month?'],
    ['/calendar week blusky', '"blusky" is neither week nor month, and no network. Did you mean /calendar bluesky?'],
    ['/calendar quarter', '"quarter" is neither week nor month, and no network. Networks: bluesky, mastodon.'],
    ['/calendar bluesky mastodon', 'Say week or month, and one network at most: /calendar month bluesky.'],
    ['/calendar week month', 'Say week or month, and one network at most: /calendar month bluesky.'],
  ])('refuses %s', async (line, sentence) => {
    const { reply, refused } = await desk.say(line);
    expect([refused, wordsOf(reply)]).toEqual([true, sentence]);
  });

  it.each([
    ['/calendar next week', 'Calendar of 23 to 29 November 2026'],
    ['/calendar last week', 'Calendar of 9 to 15 November 2026'],
    ['/calendar this month', 'Calendar of November 2026'],
    ['/calendar next month bluesky', 'Calendar of December 2026'],
    ['/calendar bluesky last month', 'Calendar of October 2026'],
  ])('%s is a stretch beside the one of today', async (line, title) => {
    expect((await desk.say(line)).reply.title).toBe(title);
  });

  it('leads earlier, later and back, and from weeks to months', async () => {
    const { reply } = await desk.say('/calendar bluesky');
    expect(labelsOf(reply)).toEqual(['Earlier', 'Later', 'Month']);
    const later = await desk.press(idOf(reply, 'Later'));
    expect(wordsOf(later.reply)).toContain('Calendar of 23 to 29 November 2026');
    expect(labelsOf(later.reply)).toEqual(['Earlier', 'Today', 'Later', 'Month']);
    const back = await desk.press(idOf(later.reply, 'Today'));
    expect(back.reply).toEqual(reply);
    const month = await desk.press(idOf(reply, 'Month'));
    expect(wordsOf(month.reply)).toContain('Calendar of November 2026');
    expect(wordsOf((await desk.press(idOf(month.reply, 'Week'))).reply)).toContain('Calendar of 16 to 22 November 2026');
    const december = await desk.press(idOf(month.reply, 'Later'));
    expect(wordsOf((await desk.press(idOf(december.reply, 'Week'))).reply)).toContain('30 November to 6 December 2026');
  });

  it.each(['week~9999-01-01~all', 'week~~', 'x~2026-00-01~nothing', ''])(
    'shows this week for a button that leads nowhere: %j',
    async (subject) => {
      const { reply, bug } = await desk.press(buttonId({ command: 'calendar', name: 'show', subject }));
      expect([bug, wordsOf(reply).includes('16 to 22 November 2026')]).toEqual([false, true]);
    },
  );

  it('opens a post, and never offers more of them than a menu holds', async () => {
    for (let hour = 1; hour <= 8; hour++) await desk.say(`/schedule tomorrow ${hour}am to bluesky: Number ${hour}`);
    for (let day = 24; day <= 28; day++)
      for (let hour = 1; hour <= 5; hour++) await desk.say(`/schedule 2026-11-${day} 0${hour}:00 to bluesky: On ${day}`);
    const { reply } = await desk.press('calendar/show/week~2026-11-23~all');
    expect(wordsOf(reply)).toContain('06:00 · P6 scheduled · Bluesky · Number 6\n+2 more\nTue 24 November');
    expect(reply.menu?.label).toBe('Open a post');
    expect(reply.menu?.options.length).toBe(25);
    expect(wordsOf((await desk.press(idOf(reply, 'P3 · Number 3'))).reply)).toContain('P3 scheduled');
  });

  it('opens first what is still to come, and each post once', async () => {
    await desk.say('/schedule in 1 hour to bluesky: Over');
    await desk.say('/schedule every Tuesday 9am to bluesky: Weekly');
    desk.clock.forward({ hours: 24 });
    const { reply } = await desk.say('/calendar month');
    expect(reply.menu?.options.map(({ label }) => label)).toEqual(['P2 · Weekly', 'P1 · Over']);
    expect(reply.sections?.flatMap(({ buttons = [] }) => buttons)).toEqual([]);
  });

  it('offers nothing to open where nothing is planned', async () => {
    expect((await desk.say('/calendar')).reply.menu).toBeUndefined();
  });
});
