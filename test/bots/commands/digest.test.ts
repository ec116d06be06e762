import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { readDigestRequest, readDigestWords } from '../../../src/bots/commands/digest-words.ts';
import { commands } from '../../../src/bots/commands/index.ts';
import { type Reply, sayPlainly } from '../../../src/bots/reply.ts';
import { openCommands } from '../../../src/bots/run.ts';
import { closeNewsrooms, FAILED, PUBLISHED } from '../../core/usecases/newsroom.ts';
import { type Desk, idOf, labelsOf, openDesk, wordsOf } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterAll(closeNewsrooms);

const ask = async (line: string): Promise<Reply> => (await desk.say(line)).reply;
const words = async (line: string): Promise<string> => wordsOf(await ask(line));
const sectionLabels = ({ sections = [] }: Reply): string[][] =>
  sections.map(({ buttons = [] }) => buttons.map(({ label }) => label));

describe('asking for a digest', () => {
  it('says for everybody when the first one comes, and lets it be looked at', async () => {
    const reply = await ask('/digest daily 9am here');
    expect(wordsOf(reply)).toBe(
      [
        'Digest D1 comes here every day at 09:00',
        'The first one: Mon 23 Nov 2026, 09:00 CET',
        'By the clock of Europe/Berlin, through summer and winter time.',
      ].join('\n'),
    );
    expect(reply.lines?.[0]).toContainEqual({ moment: Temporal.Instant.from('2026-11-23T08:00:00Z'), text: expect.any(String) });
    expect([reply.public, labelsOf(reply)]).toEqual([true, ['Preview', 'Pause', 'Stop']]);
    const [stored] = await desk.store.digests.list(desk.actor.workspace.id);
    expect(stored).toMatchObject({
      channel: 'here',
      state: 'active',
      cadence: { period: 'daily', wallTime: '09:00', day: null },
    });
  });

  it.each([
    ['/digest daily', 'every day at 09:00'],
    ['/digest here daily 7:30', 'every day at 07:30'],
    ['/digest every day at 9 in this channel', 'every day at 09:00'],
    ['/digest weekly monday 9am', 'every Monday at 09:00'],
    ['/digest every friday 4pm into here', 'every Friday at 16:00'],
    ['/digest monthly 1st', 'on the 1st of every month at 09:00'],
  ])('reads %s', async (line, cadence) => {
    expect((await ask(line)).title).toBe(`Digest D1 comes here ${cadence}`);
  });

  it('takes the options of a chat that has them', async () => {
    const { reply } = await desk.run('digest', { what: 'weekly', when: 'tuesday 8am' });
    expect(reply.title).toBe('Digest D1 comes here every Tuesday at 08:00');
  });

  it.each([
    ['/digest hourly', 'A digest comes once a day at most'],
    ['/digest daily 9am #general', 'A digest comes into the channel it is asked for in: type this in that channel'],
    ['/digest <#C123|general> daily 9am', 'type this in that channel'],
    ['/digest puase D1', 'There is no /digest puase. Did you mean /digest pause D1?'],
    ['/digest dayly 9am', 'Did you mean daily?'],
    ['/digest kites', 'does not say how often'],
  ])('refuses %s', async (line, sentence) => {
    const { reply, refused, bug } = await desk.say(line);
    expect([refused, bug]).toEqual([true, false]);
    expect(wordsOf(reply)).toContain(sentence);
  });

  it('says which one a channel has already', async () => {
    await desk.say('/digest daily 9am');
    const { reply, refused } = await desk.say('/digest daily 9am here');
    expect([refused, wordsOf(reply)]).toEqual([true, expect.stringContaining('This channel has that one already: D1')]);
  });

  it('is for authors: whoever only looks on is told so', async () => {
    const viewer = await desk.enter({ userId: 'ben', userName: 'Ben', role: 'viewer' });
    expect(wordsOf((await desk.say('/digest daily 9am', viewer)).reply)).toContain('Your role here is viewer');
    expect((await desk.say('/digest list', viewer)).refused).toBe(false);
    expect((await desk.say('/digest preview', viewer)).refused).toBe(false);
  });
});

describe('/digest list', () => {
  it('says how to add one where there is none, and shows what one looks like', async () => {
    const reply = await ask('/digest');
    expect(wordsOf(reply)).toContain('No digests yet');
    expect(wordsOf(reply)).toContain(
      'Add one in this channel: /digest daily 9am, /digest weekly monday 9am or /digest monthly 1st 9am',
    );
    const shown = await desk.press(idOf(reply, 'Preview'));
    expect(shown.reply.title).toBe('Nothing went out yesterday.');
  });

  it('shows each with what can be done with it', async () => {
    await desk.say('/digest daily 9am');
    await desk.say('/digest weekly monday 8am');
    await desk.say('/digest pause D2');
    const reply = await ask('/digest list');
    expect(wordsOf(reply)).toBe(
      [
        'Digests',
        'D1 · every day at 09:00 · here',
        'Next: Mon 23 Nov 2026, 09:00 CET',
        'D2 · every Monday at 08:00 · here',
        'Paused.',
        'Add one in this channel: /digest daily 9am, /digest weekly monday 9am or /digest monthly 1st 9am',
        'By the clock of Europe/Berlin.',
      ].join('\n'),
    );
    expect(sectionLabels(reply)).toEqual([
      ['Preview', 'Pause', 'Stop'],
      ['Preview', 'Resume', 'Stop'],
    ]);
  });

  it('says why Crier itself paused one, and which come elsewhere', async () => {
    await desk.say('/digest daily 9am');
    desk.clock.forward({ hours: 24 });
    const now = desk.clock.now();
    const [claimed] = (
      await desk.store.digests.claim({ chats: ['terminal'], now, leaseUntil: now.add({ minutes: 2 }), limit: 100 })
    ).filter(({ workspace }) => workspace.id === desk.actor.workspace.id);
    if (!claimed) throw new Error('nothing was due');
    await desk.store.digests.pause(claimed, 'Its channel is closed to Crier.');
    const call = await desk.call();
    const elsewhere = { ...call, origin: { ...call.origin, channel: 'elsewhere' } };
    const { reply } = await openCommands(commands).runLine('/digest list', elsewhere);
    expect(wordsOf(reply)).toContain('D1 · every day at 09:00 · in another channel\nPaused.\nIts channel is closed to Crier.');
  });
});

describe('a digest that there is', () => {
  it('is paused, resumed and stopped, for everybody to see', async () => {
    await desk.say('/digest daily 9am');
    const paused = await ask('/digest pause D1');
    expect(wordsOf(paused)).toBe('D1, every day at 09:00: paused\nLet it come again: /digest resume D1');
    const resumed = await ask('/digest resume daily');
    expect(wordsOf(resumed)).toBe('D1, every day at 09:00: comes again\nNext: Mon 23 Nov 2026, 09:00 CET');
    const stopped = await ask('/digest stop d1');
    expect(wordsOf(stopped)).toBe('D1, every day at 09:00: stopped\nIt does not come any more.');
    expect([paused.public, resumed.public, stopped.public]).toEqual([true, true, true]);
    expect(await desk.store.digests.list(desk.actor.workspace.id)).toEqual([]);
  });

  it('is paused by a press without a word to the channel, where the digest stays as it is', async () => {
    const added = await ask('/digest daily 9am');
    const { reply } = await desk.press(idOf(added, 'Pause'));
    expect([reply.title, reply.private]).toEqual(['D1, every day at 09:00: paused', true]);
    expect((await desk.press(idOf(reply, 'Resume'))).reply.title).toBe('D1, every day at 09:00: comes again');
    expect((await desk.press(idOf(added, 'Stop'))).reply.title).toBe('D1, every day at 09:00: stopped');
    const gone = await desk.press(idOf(added, 'Pause'));
    expect([gone.refused, gone.bug]).toEqual([true, false]);
  });

  it('that is the only one of its channel needs no name', async () => {
    await desk.say('/digest daily 9am');
    expect((await ask('/digest pause')).title).toBe('D1, every day at 09:00: paused');
    expect((await ask('/digest resume')).title).toBe('D1, every day at 09:00: comes again');
    const call = await desk.call();
    const elsewhere = { ...call, origin: { ...call.origin, channel: 'elsewhere' } };
    const { reply } = await openCommands(commands).runLine('/digest stop', elsewhere);
    expect(wordsOf(reply)).toContain('Which digest? There are: D1 (every day at 09:00)');
    await desk.say('/digest weekly monday 9am');
    expect(await words('/digest stop')).toContain('Which digest? There are: D1');
    await desk.say('/digest stop D2');
    expect((await ask('/digest stop')).title).toBe('D1, every day at 09:00: stopped');
  });

  it.each(['/digest pause nine', '/digest pause D7', '/digest stop weekly'])('names those there are for %s', async (line) => {
    await desk.say('/digest daily 9am');
    const { reply, refused } = await desk.say(line);
    expect([refused, wordsOf(reply)]).toEqual([true, expect.stringContaining('D1 (every day at 09:00)')]);
  });
});

describe('/digest preview', () => {
  it('shows what would come now, to whoever asks alone, and counts as nothing told', async () => {
    await desk.say('/publish to bluesky: The kite is back');
    desk.clock.forward({ minutes: 1 });
    await desk.settle(() => PUBLISHED);
    desk.clock.forward({ hours: 24 });
    await desk.say('/schedule in 3 hours to mastodon: And another');
    await desk.say('/digest daily 9am');
    const before = await desk.store.digests.list(desk.actor.workspace.id);
    const reply = await ask('/digest preview');
    expect(wordsOf(reply)).toContain('Yesterday 1 post went out. No figures of it are known yet.');
    expect(wordsOf(reply)).toContain('Today\n13:01 · P2 · Mastodon · And another');
    expect(wordsOf(reply)).toContain('Read the figures now: /analytics refresh\nA preview for you alone: nothing was posted.');
    expect([reply.public, reply.private]).toEqual([false, true]);
    expect(await desk.store.digests.list(desk.actor.workspace.id)).toEqual(before);
  });

  it('is of the days so far where nothing went out in those before', async () => {
    await desk.say('/publish to bluesky: The kite is back');
    desk.clock.forward({ minutes: 1 });
    await desk.settle(() => PUBLISHED);
    for (const [line, so, before] of [
      ['/digest preview', 'Today', 'yesterday'],
      ['/digest preview weekly', 'In the last 7 days', 'in the past week'],
    ]) {
      const said = await words(line ?? '');
      expect(said).toContain(`${so} 1 post went out.`);
      expect(said).toContain(
        `A preview for you alone, of the days so far, since nothing went out ${before}: nothing was posted.`,
      );
    }
  });

  it('names what failed, with the ways on', async () => {
    await desk.say('/publish to bluesky: The kite is back');
    desk.clock.forward({ minutes: 1 });
    await desk.settle(() => FAILED);
    const reply = await ask('/digest preview daily');
    expect(wordsOf(reply)).toContain(
      '1 post waits for somebody\nP1 · The kite is back · failed on Bluesky: The network refused it.',
    );
    expect((await desk.press(idOf(reply, 'Show P1'))).reply.title).toEqual('P1 failed');
  });

  it('leaves the digest standing where somebody tries again what failed, or looks at all of it', async () => {
    await desk.say('/publish to bluesky: The kite is back');
    desk.clock.forward({ minutes: 1 });
    await desk.settle(() => FAILED);
    const viewer = await desk.enter({ userId: 'ben', userName: 'Ben', role: 'viewer' });
    const retry = idOf(await ask('/digest preview daily'), 'Retry P1');
    expect((await desk.press(retry, viewer)).refused).toBe(true);
    const all = (await desk.press('digest/waiting/failed~0', viewer)).reply;
    expect([all.private, wordsOf(all)]).toEqual([true, expect.stringContaining('P1')]);
    const { reply } = await desk.press(retry);
    expect([reply.private, wordsOf(reply)]).toEqual([true, expect.stringContaining('P1 is tried again')]);
  });

  it.each([
    ['/digest preview', 'yesterday'],
    ['/digest preview weekly', 'in the past week'],
    ['/digest preview monthly', 'in November 2026'],
    ['/digest preview D1', 'in the past week'],
  ])('%s is about the days it would be about', async (line, when) => {
    await desk.say('/digest weekly monday 9am');
    if (line === '/digest preview') await desk.say('/digest stop D1');
    desk.clock.forward({ hours: 9 * 24 });
    expect(sayPlainly((await ask(line)).title ?? '')).toBe(`Nothing went out ${when}.`);
  });

  it('of a channel that has one shows that one', async () => {
    await desk.say('/digest weekly monday 9am');
    expect((await ask('/digest preview')).title).toBe('Nothing went out in the past week.');
  });
});

describe('the words of /digest', () => {
  it.each([
    ['', { deed: 'list', which: '' }],
    ['list', { deed: 'list', which: '' }],
    ['pause D2', { deed: 'pause', which: 'D2' }],
    ['Preview weekly', { deed: 'preview', which: 'weekly' }],
    ['weekly monday 9am here', { deed: 'add', cadence: 'weekly monday 9am' }],
    ['in this channel daily', { deed: 'add', cadence: 'daily' }],
  ])('%j', (text, request) => {
    expect(readDigestRequest(readDigestWords(text))).toEqual(request);
  });

  it('may have come as options', () => {
    expect(readDigestRequest({ what: 'pause', when: 'D2' })).toEqual({ deed: 'pause', which: 'D2' });
    expect(readDigestRequest({ what: 'daily', when: '9am here' })).toEqual({ deed: 'add', cadence: 'daily 9am' });
  });
});

it('/help says how to ask for one', async () => {
  expect(await words('/help digest')).toContain('/digest daily 9am here');
});
