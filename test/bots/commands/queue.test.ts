// /queue, "best" and the setting "slots", as they are typed, pressed and filled in.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { describeLine } from '../../../src/bots/foresee.ts';
import { closeNewsrooms, PUBLISHED } from '../../core/usecases/newsroom.ts';
import { type Desk, idOf, labelsOf, openDesk, wordsOf } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterAll(closeNewsrooms);

const words = async (line: string): Promise<string> => wordsOf((await desk.say(line)).reply);
const GOOD = 'Bluesky: Mon-Fri 09:00, 12:00 are good times, by the guides of Mediafast and TheBlue.social.';

/** The sentence a line is refused with; nothing may have changed. */
async function refusal(line: string): Promise<string> {
  const before = await desk.everything();
  const { reply, refused, bug } = await desk.say(line);
  expect({ line, refused, bug }).toEqual({ line, refused: true, bug: false });
  expect(await desk.everything()).toBe(before);
  return wordsOf(reply);
}

describe('/settings slots', () => {
  it.each([
    ['Mon-Fri 09:00, 12:30; Sat 10:00', 'slots: Mon-Fri 09:00, 12:30; Sat 10:00'],
    ['weekdays 9am and 5:30 pm', 'slots: Mon-Fri 09:00, 17:30'],
    ['bsky: daily 9am, 5pm', 'slots: bluesky: daily 09:00, 17:00'],
    ['all: 12:00', 'slots: daily 12:00'],
    ['Mon-Fri: 09:00', 'slots: Mon-Fri 09:00'],
  ])('%s', async (typed, shown) => {
    expect(await words(`/settings slots ${typed}`)).toContain(shown);
    expect(await words('/settings')).toContain(shown);
  });

  it('of a network stand beside those of all, and are taken back one by one or at once', async () => {
    await desk.say('/settings slots Mon-Fri 9am');
    expect(await words('/settings slots mastodon: Sat 10:00')).toContain('slots: Mon-Fri 09:00 · mastodon: Sat 10:00');
    expect(await words('/settings slots mastodon: off')).toContain('slots: Mon-Fri 09:00\n');
    await desk.say('/settings slots mastodon: Sat 10:00');
    expect(await words('/settings slots all off')).toContain('slots: mastodon: Sat 10:00\n');
    expect(await words('/settings slots off')).toContain('slots: good times of each network');
  });

  it('are asked for with what there is and how to say it', async () => {
    await desk.say('/settings slots bluesky: daily 9am');
    const { reply } = await desk.say('/settings slots');
    expect(wordsOf(reply)).toContain('As it is now: bluesky: daily 09:00');
    expect(wordsOf((await desk.send(reply, { value: 'Sat noon' })).reply)).toContain('slots: Sat 12:00 · bluesky: daily 09:00');
  });

  it.each([
    ['blusky: daily 9am', 'Did you mean bluesky?'],
    ['bluesky:', 'Say when posts go out there'],
    ['sometimes', '“sometimes” is no time of day'],
    ['9:00 9:05', '09:00 and 09:05 are too near'],
    ['Mon', 'Say at which times posts go out'],
  ])('%s is refused, and changes nothing', async (typed, sentence) => {
    expect(await refusal(`/settings slots ${typed}`)).toContain(sentence);
  });
});

describe('/queue', () => {
  it('answers with the card of a scheduled post, and why it is that time', async () => {
    await desk.say('/settings slots daily 9am, 5pm');
    const { reply } = await desk.say('/queue to bluesky, @crier: One of these days');
    expect(reply).toMatchObject({ tone: 'good', title: 'P1 scheduled' });
    expect(wordsOf(reply)).toContain('When: Sun 22 Nov 2026, 17:00 CET · in 7 hours');
    expect(wordsOf(reply)).toContain('Bluesky and Mastodon: the slots are daily 09:00, 17:00.');
    expect(labelsOf(reply)).toEqual(['Edit', 'Move', 'Publish now', 'Cancel']);
  });

  it('without a word of slots takes good times, and says that others can be chosen', async () => {
    expect(await words('/queue "One of these days" to bluesky')).toContain(
      `${GOOD}\nOther slots can be chosen with /settings slots.`,
    );
  });

  it('alone asks for what it needs, and takes it from a form', async () => {
    const { reply } = await desk.say('/queue');
    expect(reply.form?.fields.filter(({ aside }) => !aside).map(({ name }) => name)).toEqual(['targets', 'text']);
    expect(reply.form?.inOneLine).toBe('/queue to bluesky: Hello');
    expect(wordsOf((await desk.send(reply, { targets: 'bluesky', text: 'Kites' })).reply)).toContain('P1 scheduled');
  });

  it('with a time, or where no slot is common, is refused', async () => {
    expect(await refusal('/queue tomorrow 9am to bluesky: Hello')).toContain('say the same with /schedule');
    await desk.say('/settings slots bluesky: Mon 9am');
    await desk.say('/settings slots mastodon: Tue 9am');
    expect(await refusal('/queue to all: Hello')).toContain(
      'Bluesky (Mon 09:00) and Mastodon (Tue 09:00) have no slot at the same time',
    );
  });

  it('takes a draft by a button or by its name', async () => {
    await desk.say('/settings slots daily 9am, 5pm');
    const { reply } = await desk.say('/draft to bluesky: Hello');
    const queued = (await desk.press(idOf(reply, 'Add to queue'))).reply;
    expect(wordsOf(queued)).toContain('P1 scheduled\nWhen: Sun 22 Nov 2026, 17:00 CET');
    expect(labelsOf(queued)).not.toContain('Add to queue');
    expect(await words('/post P1 move Friday 9am')).toContain('Fri 27 Nov 2026, 09:00 CET');
    expect(await words('/post P1 queue')).toContain('Sun 22 Nov 2026, 17:00 CET');
    desk.clock.forward({ hours: 7 });
    await desk.settle(() => PUBLISHED);
    const late = (await desk.press(idOf(reply, 'Add to queue'))).reply;
    expect(wordsOf(late)).toContain('P1 is already out, so it cannot be moved.');
  });
});

describe('"best" as a time', () => {
  it.each([
    '/schedule best to bluesky: Hello',
    '/schedule to bluesky best: Hello',
    '/schedule "Hello" best time to bluesky',
    '/schedule "Hello" to bluesky best',
    '/schedule at the best time to bluesky: Hello',
  ])('%s', async (line) => {
    const { reply } = await desk.say(line);
    expect(wordsOf(reply)).toContain('P1 scheduled\nWhen: Mon 23 Nov 2026, 09:00 CET');
    expect(wordsOf(reply)).toContain(GOOD);
    expect((await desk.find(1)).post.text).toBe('Hello');
  });

  it('says which post has an earlier one', async () => {
    await desk.say('/schedule tomorrow 9:05am to bluesky: Hello');
    expect(await words('/schedule best to bluesky: Hello again')).toContain(
      'Mon 23 Nov 2026, 09:00 CET is taken by P1 on Bluesky (@team.bsky.social).',
    );
  });

  it('is taken by a form, and by what is moved', async () => {
    const { reply } = await desk.say('/schedule');
    await desk.send(reply, { when: 'best', targets: 'bluesky', text: 'Kites' });
    expect(await words('/schedule Friday 6pm to bluesky: Hello')).toContain('P2 scheduled');
    expect(await words('/post P2 move to best')).toContain('When: Mon 23 Nov 2026, 12:00 CET');
    const move = (await desk.say('/post P2 move')).reply;
    expect(wordsOf((await desk.send(move, { value: 'best' })).reply)).toContain('When: Mon 23 Nov 2026, 12:00 CET');
  });

  it('is no time for what stays a draft, and no text is taken for it', async () => {
    await desk.say('/publish to bluesky: best');
    expect((await desk.find(1)).post.text).toBe('best');
    await desk.say('/schedule tomorrow 9am to bluesky: the best time');
    expect((await desk.find(2)).post.text).toBe('the best time');
  });
});

describe('while it is typed', () => {
  const typing = async (line: string): Promise<string | null> => describeLine(line, await desk.call());
  const NINE = 'Mon 23 Nov 2026, 09:00 CET · in 23 hours';

  it.each([
    ['/schedule best to bluesky: Hel', `${NINE} · ${GOOD}`],
    ['/queue to bluesky: Hel', `${NINE} · ${GOOD} · Other slots can be chosen with /settings slots.`],
    ['/schedule best to blusky', 'There is no network or account called "blusky". Did you mean bluesky?'],
    ['/schedule best', 'Tue 24 Nov 2026, 09:00 CET · in 2 days'],
    ['/schedule tomorrow 9am to bluesky', NINE],
    ['/queue ', null],
    ['/post P1 move best', 'There is no post P1 here.'],
    ['Hello', null],
  ])('%s', async (line, said) => {
    const echo = await typing(line);
    if (said === null) expect(echo).toBeNull();
    else expect(echo).toContain(said);
  });

  it('a post that is moved does not stand in its own way', async () => {
    await desk.say('/schedule best to bluesky: Hello');
    expect(await typing('/post P1 move best')).toContain(NINE);
    expect(await typing('/post P1 queue')).toContain(NINE);
    expect(await typing('/schedule best to bluesky: Hello')).toContain('Mon 23 Nov 2026, 12:00 CET');
  });
});
