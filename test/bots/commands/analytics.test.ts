import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { readAnalyticsWords } from '../../../src/bots/commands/analytics-request.ts';
import { commands } from '../../../src/bots/commands/index.ts';
import { buttonId, type Reply } from '../../../src/bots/reply.ts';
import { openCommands } from '../../../src/bots/run.ts';
import { CrierError } from '../../../src/core/errors.ts';
import { type PostFigures, UNTOLD } from '../../../src/core/figures.ts';
import type { Platform } from '../../../src/core/platform.ts';
import { SNAPSHOT_COLUMNS } from '../../../src/core/snapshot-export.ts';
import { bluesky, closeNewsrooms, mastodon, PUBLISHED } from '../../core/usecases/newsroom.ts';
import { readTable } from '../../support/csv.ts';
import { type Desk, idOf, labelsOf, openDesk, wordsOf } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterAll(closeNewsrooms);

const ask = async (line: string): Promise<Reply> => (await desk.say(line)).reply;
const words = async (line: string): Promise<string> => wordsOf(await ask(line));

/** Plans a post, lets it go out, and has its figures read an hour later, the same for each of its accounts. */
async function goesOut(line: string, figures: Partial<PostFigures>): Promise<void> {
  const { reply, refused } = await desk.say(line);
  if (refused) throw new Error(wordsOf(reply));
  desk.clock.forward({ minutes: 1 });
  const out: { account: string; delivery: string }[] = [];
  await desk.settle((claim) => {
    out.push({ account: claim.account.id, delivery: claim.delivery.id });
    return PUBLISHED;
  });
  desk.clock.forward({ hours: 1 });
  for (const { account, delivery } of out)
    await desk.store.figures.save(account, new Map([[delivery, { ...UNTOLD, ...figures }]]), desk.clock.now());
}

/** Networks that tell figures, or do not want to just now. */
function tell(figures: Readonly<Record<string, Platform['figures']>>): void {
  const all = [bluesky, mastodon].map((platform) => ({ ...platform, figures: figures[platform.id] ?? null }));
  const get = (id: string): Platform => all.find((platform) => platform.id === id) ?? bluesky;
  desk.deps.platforms = { all: () => all, get, find: (name) => all.find(({ id }) => id === name.toLowerCase()) };
}

describe('/analytics', () => {
  it('says for everybody how this week went so far', async () => {
    await goesOut('/publish to bluesky: The kite is back', { likes: 30, comments: 5, shares: 6, views: 620 });
    const reply = await ask('/analytics');
    expect(wordsOf(reply)).toContain(
      [
        'Analytics of this week, Mon 16 – Sun 22 November 2026',
        '1 post went out and got 41 likes, comments and shares.',
        'Networks',
        'Network | Posts | Engagement | Change | Views | Rate',
        'Bluesky | 1 | 41 | – | 620 | 6.6 %',
      ].join('\n'),
    );
    expect(reply.public).toBe(true);
  });

  it.each([
    ['/analytics today', 'Analytics of today, Sun 22 November 2026'],
    ['/analytics last 30 days bluesky', 'Analytics of the last 30 days, Sat 24 October – Sun 22 November 2026 · Bluesky'],
    ['/analytics masto month', 'Analytics of this month, Sun 1 – Sun 22 November 2026 · Mastodon'],
    ['/analytics network:bluesky', 'Analytics of this week, Mon 16 – Sun 22 November 2026 · Bluesky'],
    ['/analytics 2026-11-01..2026-11-10', 'Analytics of 1–10 November 2026'],
    ['/analytics 2026-11-01 .. 2026-11-10 @crier', 'Analytics of 1–10 November 2026 · Mastodon (@crier@chaos.social)'],
    ['/analytics account:@crier yesterday', 'Analytics of yesterday, Sat 21 November 2026 · Mastodon (@crier@chaos.social)'],
    [
      '/analytics mastodon:@crier last month',
      'Analytics of last month, Thu 1 – Sat 31 October 2026 · Mastodon (@crier@chaos.social)',
    ],
    ['/analytics all this week', 'Analytics of this week, Mon 16 – Sun 22 November 2026'],
    ['/analytics this week for bluesky', 'Analytics of this week, Mon 16 – Sun 22 November 2026 · Bluesky'],
    ['/analytics bluesky for today', 'Analytics of today, Sun 22 November 2026 · Bluesky'],
  ])('reads %s', async (line, title) => {
    expect((await ask(line)).title).toBe(title);
  });

  it('takes a campaign by its name, bare, named or in quotes, and leads on within it', async () => {
    await goesOut('/publish --campaign "Big launch" to bluesky: Hello', { likes: 3 });
    for (const line of ['month campaign:"Big launch"', '"big launch" month', 'big launch month', 'month campaign:Big launch']) {
      const reply = await ask(`/analytics ${line}`);
      expect(reply.title).toBe('Analytics of this month, Sun 1 – Sun 22 November 2026 · campaign "Big launch"');
      const further = await desk.press(idOf(reply, 'Last 30 days'));
      expect(further.reply.title).toContain('last 30 days');
      expect(further.reply.title).toContain('campaign "Big launch"');
    }
  });

  it.each([
    ['/analytics wek', 'There is no network, account or campaign called "wek". Did you mean week?'],
    ['/analytics lst week', 'Did you mean last week?'],
    ['/analytics last wek', 'Did you mean last week?'],
    ['/analytics lst week bluesky', 'Did you mean last week?'],
    ['/analytics last 14 dys', 'Did you mean last 14 days?'],
    ['/analytics yesterdy', 'Did you mean yesterday?'],
    ['/analytics refrsh', 'Did you mean refresh?'],
    ['/analytics exprt month', 'Did you mean export?'],
    ['/analytics november', 'Days are said like today, last week, 2026-11 or 2026-11-01..2026-11-30.'],
    ['/analytics #launch', 'Every report compares hashtags'],
    ['/analytics bluesky and mastodon', 'One network, account or campaign at a time, like /analytics week bluesky.'],
    ['/analytics campaign:launch bluesky', 'One network, account or campaign at a time, like /analytics week bluesky.'],
    ['/analytics blusky', 'Did you mean bluesky?'],
    ['/analytics period:mont', 'Did you mean month?'],
    ['/analytics bluesky mastodon', 'One network, account or campaign at a time, like /analytics week bluesky.'],
    ['/analytics week month', 'I could not read "week month" as days.'],
    ['/analytics network:bluesky campaign:launch', 'One network, account or campaign at a time'],
    ['/analytics what:exprt', 'say export.'],
    ['/analytics 2027-01', 'has not begun yet'],
    ['/analytics campaign:launch', 'No post belongs to a campaign yet.'],
  ])('refuses %s', async (line, sentence) => {
    const { reply, refused, bug } = await desk.say(line);
    expect([refused, bug]).toEqual([true, false]);
    expect(wordsOf(reply)).toContain(sentence);
  });

  it('is for whoever may look on', async () => {
    const viewer = await desk.enter({ userId: 'ben', userName: 'Ben', role: 'viewer' });
    expect((await desk.say('/analytics', viewer)).refused).toBe(false);
    const refreshed = await desk.say('/analytics refresh', viewer);
    expect(wordsOf(refreshed.reply)).toContain('Your role here is viewer; this takes author or higher.');
  });

  it('says where nothing went out what may hold more', async () => {
    const reply = await ask('/analytics today mastodon');
    expect(wordsOf(reply)).toContain('Nothing went out today for Mastodon, so there are no figures of posts.');
    expect(labelsOf(reply)).toEqual(['This week', 'This month', 'Last 30 days', 'Last 90 days', 'Refresh']);
  });

  it('knows nothing of other workspaces', async () => {
    await goesOut('/publish to bluesky: Ours', { likes: 3 });
    const other = await desk.enter({ teamId: crypto.randomUUID() });
    expect(wordsOf((await desk.say('/analytics', other)).reply)).toContain('Nothing went out this week');
  });
});

describe('the words of /analytics', () => {
  it.each([
    ['', {}],
    ['last 30 days bluesky', { period: 'last 30 days', network: 'bluesky' }],
    ['bluesky last 30 days', { period: 'last 30 days', network: 'bluesky' }],
    ['export month campaign:launch', { what: 'export', period: 'month', campaign: 'launch' }],
    ['--period "last 7 days" --network x', { period: 'last 7 days', network: 'x' }],
    ['linkedin/"Crier Demo" week', { period: 'week', network: 'linkedin/"Crier Demo"' }],
    ['x:@handle Refresh', { what: 'Refresh', network: 'x:@handle' }],
    ['Spring Sale', { network: 'Spring Sale' }],
  ])('%j', (text, args) => {
    expect(readAnalyticsWords(text)).toEqual(args);
  });
});

describe('the buttons of a report', () => {
  it('show other periods and networks of it, and its files', async () => {
    await goesOut('/publish to bluesky, @crier: Hello', { likes: 3 });
    const reply = await ask('/analytics week');
    expect(labelsOf(reply)).toEqual(['Today', 'This month', 'Last 30 days', 'CSV', 'Refresh']);
    const one = await desk.press(idOf(reply, 'Mastodon'));
    expect(one.reply.title).toContain('this week, Mon 16 – Sun 22 November 2026 · Mastodon');
    const month = await desk.press(idOf(one.reply, 'This month'));
    expect(month.reply.title).toContain('this month, Sun 1 – Sun 22 November 2026 · Mastodon');
    const all = await desk.press(idOf(month.reply, 'All networks'));
    expect(all.reply.title).toBe('Analytics of this month, Sun 1 – Sun 22 November 2026');
    const csv = await desk.press(idOf(one.reply, 'CSV'));
    expect(readTable(csv.reply.files?.[0]?.bytes ?? new Uint8Array()).map(({ network }) => network)).toEqual(['Mastodon']);
  });

  it('of one account keep to it', async () => {
    const reply = await ask('/analytics @crier');
    const further = await desk.press(idOf(reply, 'This month'));
    expect(further.reply.title).toContain('Mastodon (@crier@chaos.social)');
  });

  it.each(['week~n:gone', 'week~c:P99', 'week~00000000-0000-4000-8000-000000000009', 'week', '~', ''])(
    'show all of it where %j means nothing by now',
    async (subject) => {
      const { reply, bug } = await desk.press(buttonId({ command: 'analytics', name: 'show', subject }));
      expect([bug, reply.title]).toEqual([false, 'Analytics of this week, Mon 16 – Sun 22 November 2026']);
    },
  );

  it('under a digest show it to whoever presses alone', async () => {
    const { reply } = await desk.press('analytics/show/month~all~m');
    expect([reply.public, reply.private]).toEqual([undefined, true]);
    expect(reply.title).toContain('this month');
  });
});

describe('/analytics refresh', () => {
  it('says how far it is, and answers with what was read', async () => {
    await goesOut('/publish to bluesky, @crier: Hello', { likes: 3 });
    const told = async (): Promise<Map<string, PostFigures>> => {
      desk.clock.forward({ seconds: 5 });
      return new Map([['r1', { ...UNTOLD, likes: 12 }]]);
    };
    tell({ bluesky: told, mastodon: told });
    const shown: string[] = [];
    const progress = async (reply: Reply): Promise<void> => void shown.push(wordsOf(reply));
    const call = { ...(await desk.call()), progress };
    const { reply } = await openCommands(commands).runLine('/analytics refresh', call);
    expect(shown).toEqual([
      'Reading figures: 1 of 3 accounts ...',
      'Reading figures: 2 of 3 accounts ...',
      'Reading figures: 3 of 3 accounts ...',
    ]);
    expect(wordsOf(reply)).toContain('2 posts went out and got 24 likes.');
  });

  it('reads nothing where what is wanted cannot be', async () => {
    await goesOut('/publish to bluesky: Hello', { likes: 3 });
    let looks = 0;
    const count = async (): Promise<Map<string, PostFigures>> => {
      looks += 1;
      return new Map();
    };
    tell({ bluesky: count, mastodon: count });
    expect((await desk.say('/analytics refresh blusky')).refused).toBe(true);
    expect(looks).toBe(0);
    await desk.say('/analytics refresh bluesky');
    expect(looks).toBe(1);
  });

  it('names what could not be read, and why, and shows the rest', async () => {
    await goesOut('/publish to bluesky, @crier: Hello', { likes: 3 });
    const down = () => Promise.reject(new CrierError('unavailable', 'Mastodon does not answer.'));
    tell({ bluesky: async () => new Map([['r1', { ...UNTOLD, likes: 12 }]]), mastodon: down });
    desk.clock.forward({ seconds: 5 });
    const said = await words('/analytics refresh');
    expect(said).toContain('! Figures of Mastodon (@crier@chaos.social) could not be read:');
    expect(said).toContain('2 posts went out and got 15 likes.');
  });
});

describe('/analytics export', () => {
  it('hands over one row for each look at a post, for whoever asks alone', async () => {
    await goesOut('/publish to bluesky: =1+1', { likes: 3, views: 20 });
    const reply = await ask('/analytics export');
    expect(wordsOf(reply)).toContain(
      'Figures exported\nPosts that went out in the last 30 days: 1 row, one for each look at a post, in analytics-2026-11-22-110100.csv.',
    );
    expect([reply.private, reply.public]).toEqual([true, undefined]);
    const [row] = readTable(reply.files?.[0]?.bytes ?? new Uint8Array());
    expect(Object.keys(row ?? {})).toEqual([...SNAPSHOT_COLUMNS]);
    expect(row).toMatchObject({ post: 'P1', network: 'Bluesky', likes: '3', saves: '', views: '20', text: "'=1+1" });
  });

  it('holds what was asked for alone', async () => {
    await goesOut('/publish to bluesky, @crier: Hello', { likes: 3 });
    const reply = await ask('/analytics export today bluesky');
    expect(readTable(reply.files?.[0]?.bytes ?? new Uint8Array()).map(({ network }) => network)).toEqual(['Bluesky']);
  });

  it('says so where there is nothing, and makes no file', async () => {
    const reply = await ask('/analytics export last month');
    expect(wordsOf(reply)).toBe(
      'Nothing to export\nNo figures of posts that went out last month were read yet, so there is no file. Take more days: /analytics export last 90 days',
    );
    expect(reply.files).toBeUndefined();
  });
});
