import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type CalendarRequest, readCalendar } from '../../../src/core/usecases/read-calendar.ts';
import type { Actor } from '../../../src/core/workspace.ts';
import { type Desk, openDesk } from '../../bots/commands/desk.ts';
import { closeNewsrooms, FAILED, PUBLISHED, UNCONFIRMED } from './newsroom.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterAll(closeNewsrooms);

const say = async (line: string, actor?: Actor): Promise<void> => {
  const { refused, bug, reply } = await desk.say(line, actor);
  if (refused || bug) throw new Error(JSON.stringify(reply.lines));
};

async function read(request: Partial<CalendarRequest> = {}, actor?: Actor) {
  const whole: CalendarRequest = { span: 'week', around: null, platform: null, ...request };
  return readCalendar(desk.deps, actor ?? (await desk.enter({})), whole);
}

/** `2026-11-23 09:00 scheduled BL,MA P1 Hello`, for each entry. */
async function entries(request: Partial<CalendarRequest> = {}, actor?: Actor): Promise<string[]> {
  const { days } = await read(request, actor);
  return days.flatMap((day) =>
    day.entries.map(({ time, state, networks, post, text }) =>
      [day.date, time, state, networks.map(({ label }) => label).join(','), post, text].join(' '),
    ),
  );
}

const NEXT_WEEK = { around: Temporal.PlainDate.from('2026-11-25') };

describe('a calendar', () => {
  it('has the week of today, in the reader’s zone', async () => {
    await say('/schedule tomorrow 00:30 to bluesky: Early on Monday');
    expect(await entries(NEXT_WEEK)).toEqual(['2026-11-23 00:30 scheduled BL P1 Early on Monday']);
    const inNewYork = await desk.store.workspaces.setTimeZone(desk.actor, 'America/New_York');
    expect(await entries({}, { ...desk.actor, member: inNewYork })).toEqual(['2026-11-22 18:30 scheduled BL P1 Early on Monday']);
  });

  it('marks today and what is past', async () => {
    const { days } = await read();
    expect(days.map(({ date, isToday, isPast }) => `${date.day}${isToday ? ' today' : ''}${isPast ? ' past' : ''}`)).toEqual([
      ...['16 past', '17 past', '18 past', '19 past', '20 past', '21 past'],
      '22 today',
    ]);
  });

  it('leaves out drafts, what was canceled, and other workspaces', async () => {
    await say('/draft to bluesky: Draft');
    await say('/schedule tomorrow 9am to bluesky: Canceled');
    await say('/post P2 cancel');
    await say('/schedule tomorrow 10am to bluesky: Ours');
    expect(await entries(NEXT_WEEK)).toEqual(['2026-11-23 10:00 scheduled BL P3 Ours']);
    expect(await entries(NEXT_WEEK, await desk.enter({ teamId: 'another-team' }))).toEqual([]);
  });

  it.each([
    ['published', PUBLISHED],
    ['failed', FAILED],
    ['unconfirmed', UNCONFIRMED],
    ['held', { state: 'held', holdReason: 'account' }],
    ['publishing', null],
  ] as const)('says of a post that it is %s', async (state, outcome) => {
    await say('/schedule tomorrow 9am to bluesky: Hello');
    desk.clock.forward({ hours: 30 });
    await desk.settle(() => outcome);
    expect(await entries()).toEqual([`2026-11-23 09:00 ${state} BL P1 Hello`]);
  });

  it('is about one network where that is asked for: its posts, its texts and how they stand there', async () => {
    await say('/schedule tomorrow 9am to bluesky: Only there');
    await desk.run('schedule', {
      when: 'tomorrow 10am',
      targets: 'bluesky, mastodon',
      text: 'Both',
      'variant:mastodon': 'A text of its own',
    });
    await say('/schedule tomorrow 11am to mastodon: Only here');
    desk.clock.forward({ hours: 24 });
    await desk.settle(({ account }) => (account.platform === 'mastodon' ? FAILED : PUBLISHED));
    expect(await entries({ platform: 'mastodon' })).toEqual([
      '2026-11-23 10:00 failed MA P2 A text of its own',
      '2026-11-23 11:00 scheduled MA P3 Only here',
    ]);
    const { only, networks } = await read({ platform: 'mastodon' });
    expect([only?.name, networks.map(({ name }) => name)]).toEqual(['Mastodon', ['Mastodon']]);
  });

  it('shows where posts that recur will be, as long as they go on', async () => {
    await say('/schedule every Tuesday 9am to bluesky: Weekly');
    await say('/schedule every Thursday 9am to mastodon: Other');
    const december = { span: 'month', around: Temporal.PlainDate.from('2026-12-10'), platform: 'bluesky' } as const;
    expect(await entries(NEXT_WEEK)).toEqual([
      '2026-11-24 09:00 scheduled BL P1 Weekly',
      '2026-11-26 09:00 scheduled MA P2 Other',
    ]);
    const coming = ['2026-12-01', '2026-12-08', '2026-12-15', '2026-12-22', '2026-12-29'];
    expect(await entries(december)).toEqual(coming.map((date) => `${date} 09:00 coming BL P1 Weekly`));
    await say('/post P1 pause');
    expect(await entries(december)).toEqual([]);
  });

  it('keeps what recurs at its wall time when clocks change', async () => {
    await say('/schedule every Sunday 9am to bluesky: Weekly');
    const march = await entries({ span: 'month', around: Temporal.PlainDate.from('2027-03-28') });
    expect(march.map((line) => line.slice(0, 16))).toContain('2027-03-28 09:00');
    expect(march.map((line) => line.slice(0, 16))).toContain('2027-04-04 09:00');
  });

  it('begins the week with Sunday where the country does', async () => {
    await say('/settings country US');
    expect((await read(NEXT_WEEK)).start.toString()).toBe('2026-11-22');
  });
});
