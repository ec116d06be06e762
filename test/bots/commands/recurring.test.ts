// Posts that recur, as a person meets them: scheduled in a sentence, shown, and changed by commands and buttons.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { describeTyping } from '../../../src/bots/live-echo.ts';
import { makeNextOccurrences } from '../../../src/core/usecases/make-next-occurrence.ts';
import { closeNewsrooms, FAILED, PUBLISHED } from '../../core/usecases/newsroom.ts';
import { type Desk, idOf, labelsOf, openDesk, wordsOf } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterAll(closeNewsrooms);

const words = async (line: string): Promise<string> => wordsOf((await desk.say(line)).reply);
const states = async (number: number): Promise<string[]> => (await desk.find(number)).deliveries.map(({ state }) => state);

/** Lets time pass, the networks answer, and the sweep make what comes next. */
async function pass(days: number, answer: Parameters<Desk['settle']>[0] = () => PUBLISHED): Promise<void> {
  desk.clock.forward({ hours: 24 * days });
  await desk.settle(answer);
  await makeNextOccurrences(desk.deps);
}

describe('/schedule every ...', () => {
  it('answers with the rule in words, its zone, and the next three dates', async () => {
    const { reply } = await desk.say('/schedule every Monday 9am to bluesky, @crier: Hello #kites');
    expect(wordsOf(reply).split('\n').slice(0, 5)).toEqual([
      'P1 scheduled',
      'When: Mon 23 Nov 2026, 09:00 CET · in 23 hours',
      'Repeats: every Monday at 09:00 in Europe/Berlin',
      'Next 3: Mon 23 Nov 2026, 09:00 CET · Mon 30 Nov 2026, 09:00 CET · Mon 7 Dec 2026, 09:00 CET',
      'Networks: Bluesky @team.bsky.social, Mastodon @crier@chaos.social',
    ]);
    expect(labelsOf(reply)).toEqual(['Edit', 'Move', 'Publish now', 'Skip next', 'Pause', 'End']);
    expect(desk.wakes.map(String)).toEqual(['2026-11-23T08:00:00Z']);
  });

  it.each([
    '/schedule to bluesky every weekday at 8:30am: Hi',
    '/schedule weekdays 8:30am to bluesky: Hi',
    '/schedule "Hi" weekdays 8:30am to bluesky',
    '/schedule to bluesky, weekdays 8:30am: Hi',
    '/schedule on weekdays at 8:30am to bluesky: Hi',
    '/schedule at 8:30am to bluesky on weekdays: Hi',
  ])('is read in the order people say it: %s', async (line) => {
    const { reply } = await desk.say(line);
    expect(wordsOf(reply)).toContain('Repeats: every weekday at 08:30 in Europe/Berlin');
    expect((await desk.find(1)).post).toMatchObject({ text: 'Hi' });
  });

  it('says how many are left where fewer than three are', async () => {
    expect(await words('/schedule every Monday 9am until 1 Dec to bluesky: Hello')).toContain(
      'Repeats: every Monday at 09:00 in Europe/Berlin until 1 December 2026\nLast dates: Mon 23 Nov 2026, 09:00 CET · Mon 30 Nov 2026, 09:00 CET\n',
    );
  });

  it('shows the dates on the clock of the reader, and the rule on that it was asked in', async () => {
    expect(await words('/schedule every Monday 9am ET to bluesky: Hello')).toContain(
      'Repeats: every Monday at 09:00 in America/New_York\nNext 3: Mon 23 Nov 2026, 15:00 CET · ',
    );
  });

  it('asks which rule is meant, keeps nothing meanwhile, and schedules by one choice', async () => {
    const before = await desk.everything();
    const { reply } = await desk.say('/schedule --campaign kites every third Friday at 10am to bluesky: Hello');
    expect(wordsOf(reply)).toContain('"every third Friday at 10am" can be meant in more than one way.');
    expect(await desk.everything()).toBe(before);
    const choices = reply.form?.fields[0]?.choices ?? [];
    expect(choices.map(({ label }) => label)).toEqual([
      'every 3 weeks on Friday at 10:00 in Europe/Berlin, starting 27 November 2026',
      'on the third Friday of every month at 10:00 in Europe/Berlin',
    ]);
    const sent = await desk.send(reply, { when: choices[1]?.value ?? '' });
    expect(wordsOf(sent.reply)).toContain('Repeats: on the third Friday of every month at 10:00 in Europe/Berlin');
    expect((await desk.find(1)).post).toMatchObject({ campaign: 'kites', text: 'Hello' });
  });

  it.each([
    ['/schedule weekly at 9am to bluesky: Hi', 'Which day of the week?'],
    ['/schedule every Monday in December to bluesky: Hi', 'I could not read “in December”'],
    ['/schedule every day until 1 Nov 2026 to bluesky: Hi', '“1 Nov 2026” has gone by.'],
    [`/schedule every Monday 9am to bluesky: ${'x'.repeat(301)}`, 'Bluesky takes 300 characters'],
  ])('refuses %.60s with the cure, and changes nothing', async (line, sentence) => {
    const before = await desk.everything();
    const { reply, refused } = await desk.say(line);
    expect(refused).toBe(true);
    expect(wordsOf(reply)).toContain(sentence);
    expect(await desk.everything()).toBe(before);
  });

  it('says while it is typed what it would mean', () => {
    const typing = (line: string): string | null => describeTyping(line, desk.actor, desk.clock.now());
    expect(typing('/schedule every Monday 9am')).toBe(
      'every Monday at 09:00 in Europe/Berlin · first Mon 23 Nov 2026, 09:00 CET · in 23 hours',
    );
    expect(typing('/schedule every Monday 3:30 to blue')).toBe(
      'every Monday at 03:30 in Europe/Berlin  or  every Monday at 15:30 in Europe/Berlin',
    );
    expect(typing('/schedule every Mon')).toContain('every Monday');
    expect(typing('/schedule every')).toBeNull();
  });

  it.each([
    ['de', 'jeden Montag um 9 Uhr', 'every Monday at 09:00'],
    ['de', 'jeden Arbeitstag um 18:00', 'every weekday at 18:00'],
    ['fr', 'tous les lundis à 9h', 'every Monday at 09:00'],
    ['fr', 'chaque jour ouvré à 18:00', 'every weekday at 18:00'],
  ])('is read in the language of the workspace, %s: %s', async (language, when, said) => {
    await desk.say(`/settings language ${language}`);
    const { reply } = await desk.say(`/schedule ${when} to bluesky: Hallo`);
    expect(wordsOf(reply)).toContain(`Repeats: ${said} in Europe/Berlin`);
    expect((await desk.find(1)).post.text).toBe('Hallo');
    const actor = await desk.enter({});
    expect(describeTyping(`/schedule ${when}`, actor, desk.clock.now())).toContain(`${said} in Europe/Berlin · first `);
  });

  it.each([
    ['de', 'jeden Montag im Dezember um 9 Uhr', 'I could not read “im Dezember um 9 Uhr”'],
    ['fr', 'tous les lundis sauf Noël à 9h', 'I could not read “sauf Noël à 9h”'],
  ])('refuses what it cannot read of it, %s: %s, and changes nothing', async (language, when, sentence) => {
    await desk.say(`/settings language ${language}`);
    const before = await desk.everything();
    const { reply, refused } = await desk.say(`/schedule ${when} to bluesky: Hallo`);
    expect(refused).toBe(true);
    expect(wordsOf(reply)).toContain(sentence);
    expect(await desk.everything()).toBe(before);
  });

  it('is no time to move to, in the language of the workspace either', async () => {
    await desk.say('/settings language de');
    await desk.say('/schedule morgen um 9 Uhr to bluesky: Hallo');
    expect(await words('/post P1 move jeden Montag um 9 Uhr')).toContain('For one that recurs, schedule it anew');
  });

  it('is marked in the list', async () => {
    await desk.say('/schedule every Monday 9am to bluesky: Hello');
    await desk.say('/schedule tomorrow 9am to bluesky: Once');
    const list = await words('/posts upcoming');
    expect(list).toContain('P1 ↻ · scheduled');
    expect(list).toContain('P2 · scheduled');
  });
});

describe('what can be done to a post that recurs', () => {
  beforeEach(async () => {
    await desk.say('/schedule every Monday 9am to bluesky, @crier: Hello');
  });

  it('the next is made when the one before is settled, with what the series says', async () => {
    await pass(1, ({ account }) => (account.platform === 'bluesky' ? PUBLISHED : null));
    await expect(desk.find(2)).rejects.toThrow('P2 is not there');
    desk.clock.forward({ minutes: 6 });
    await desk.settle(() => FAILED);
    await makeNextOccurrences(desk.deps);
    expect(await words('/post P2')).toContain('P2 scheduled\nWhen: Mon 30 Nov 2026, 09:00 CET');
    expect(desk.wakes.map(String)).toContain('2026-11-30T08:00:00Z');
  });

  it.each(['/post P1 skip', '/post P1 cancel'])('%s leaves out one', async (line) => {
    const { reply } = await desk.say(line);
    expect(await states(1)).toEqual(['canceled', 'canceled']);
    expect(wordsOf(reply)).toMatch(/P1 .*is skipped\.|Only this one is canceled: the series goes on with P2 on Mon 30 Nov 2026/);
    expect(await words('/post P2')).toContain('Next 3: Mon 30 Nov 2026, 09:00 CET');
  });

  it('skips by a press, also on the card of one that is out', async () => {
    await pass(1);
    const { reply } = await desk.say('/post P1');
    expect(labelsOf(reply)).toEqual(['Skip next', 'Pause', 'End']);
    const skipped = await desk.press(idOf(reply, 'Skip next'));
    expect(wordsOf(skipped.reply)).toContain('P3 is next\nWhen: Mon 7 Dec 2026, 09:00 CET');
    expect(wordsOf(skipped.reply)).toContain('P2 (Mon 30 Nov 2026, 09:00 CET) is skipped.');
    expect(await states(2)).toEqual(['canceled', 'canceled']);
  });

  it('pauses and resumes before its time as if nothing had been', async () => {
    const { reply } = await desk.say('/post P1 pause');
    expect(wordsOf(reply)).toContain('Repeats: every Monday at 09:00 in Europe/Berlin (paused)');
    expect(wordsOf(reply)).toContain('It waits until the series is resumed.');
    expect(await states(1)).toEqual(['held', 'held']);
    const resumed = await desk.press(idOf(reply, 'Resume'));
    expect(wordsOf(resumed.reply)).toContain('P1 resumed\nWhen: Mon 23 Nov 2026, 09:00 CET');
    await pass(1);
    expect(await states(1)).toEqual(['published', 'published']);
  });

  it('leaves out what goes by while it is paused, and says nothing of it', async () => {
    await desk.say('/post P1 pause');
    await pass(16);
    expect(await states(1)).toEqual(['held', 'held']);
    const resumed = await words('/post P1 resume');
    expect(resumed).toContain('P2 resumed\nWhen: Mon 14 Dec 2026, 09:00 CET');
    expect(resumed).not.toContain('missed');
    expect(await words('/post P1')).toContain('Its time went by while it was paused.');
  });

  it('ends for good', async () => {
    const { reply } = await desk.say('/post P1 end');
    expect(wordsOf(reply)).toContain('(ended)');
    expect(labelsOf(reply)).toEqual([]);
    await pass(30);
    await expect(desk.find(2)).rejects.toThrow();
    expect(await words('/post P1 resume')).toContain('The series of P1 has ended.');
  });

  it('ends by itself when its rule has run out', async () => {
    await desk.say('/schedule every day at 9am for 2 days to bluesky: Short');
    await pass(1);
    await pass(1);
    await pass(1);
    expect(await words('/post P2')).toContain('(ended)');
  });

  it('asks whether an edit is for this one or all that follow', async () => {
    const { reply } = await desk.say('/post P1 edit Hello again');
    expect(reply.form?.inOneLine).toBe('/post P1 edit-all The new text');
    expect(reply.form?.fields.map(({ name, value }) => [name, value])).toEqual([
      ['value', 'Hello again'],
      ['action', undefined],
    ]);
    const sent = await desk.send(reply, { action: 'edit-one' });
    expect(wordsOf(sent.reply)).toContain('P1 edited');
    await pass(1);
    expect((await desk.find(1)).post.text).toBe('Hello again');
    expect((await desk.find(2)).post.text).toBe('Hello');
  });

  it('edits this one and all that follow', async () => {
    const pressed = await desk.press('post/edit/P1');
    const sent = await desk.send(pressed.reply, { value: 'New #words', action: 'edit-all' });
    expect(wordsOf(sent.reply)).toContain('P1 edited, with all that follow');
    await pass(1);
    expect((await desk.find(2)).post).toMatchObject({ text: 'New #words', hashtags: ['words'] });
  });

  it('gives a network its own text in this one and all that follow, also by the name of one that is out', async () => {
    await pass(1);
    expect((await desk.say('/post P1 variant bluesky: Blue')).reply.form?.fields.map(({ name }) => name)).toEqual([
      'value',
      'action',
    ]);
    await desk.say('/post P1 variant-all bluesky: Blue');
    expect((await desk.find(1)).post.variants).toEqual({});
    expect((await desk.find(2)).post.variants).toEqual({ bluesky: 'Blue' });
    await pass(7);
    expect((await desk.find(3)).post.variants).toEqual({ bluesky: 'Blue' });
  });

  it('moves one, and says that the others stay', async () => {
    const moved = await words('/post P1 move Tuesday noon');
    expect(moved).toContain('When: Tue 24 Nov 2026, 12:00 CET');
    expect(moved).toContain('Only this one is moved. The others stay: every Monday at 09:00 in Europe/Berlin.');
    expect(moved).toContain('Next 3: Tue 24 Nov 2026, 12:00 CET · Mon 30 Nov 2026, 09:00 CET · Mon 7 Dec 2026, 09:00 CET');
    expect(await words('/post P1 move 2 Dec 9am')).toContain('That of Mon 30 Nov 2026, 09:00 CET does not go out.');
    await pass(11);
    const next = await words('/post P2');
    expect(next).toContain('When: Mon 7 Dec 2026, 09:00 CET');
    expect(next).not.toContain('missed');
  });

  it.each([
    ['/post P1 resume', 'The series of P1 is not paused.'],
    ['/post P1 move every Tuesday 9am', 'For one that recurs, schedule it anew'],
    [`/post P1 edit-all ${'x'.repeat(301)}`, 'Bluesky takes 300 characters'],
    ['/post P1 variant-all linkedin: Hi', 'P1 does not go to "linkedin"'],
    ['/post P9 pause', 'There is no post P9 here.'],
  ])('%.40s is refused, and changes nothing', async (line, sentence) => {
    const before = await desk.everything();
    expect(await words(line)).toContain(sentence);
    expect(await desk.everything()).toBe(before);
  });

  it('a post that goes out once has no series to pause', async () => {
    await desk.say('/schedule tomorrow 9am to bluesky: Once');
    expect(await words('/post P2 pause')).toContain('P2 goes out once and does not recur.');
    expect(labelsOf((await desk.say('/post P2')).reply)).toEqual(['Edit', 'Move', 'Publish now', 'Cancel']);
  });

  it('a viewer and another workspace change nothing of it', async () => {
    const viewer = await desk.enter({ userId: 'vic', role: 'viewer' });
    const stranger = await desk.enter({ teamId: 'another-team' });
    for (const action of ['skip', 'pause', 'end', 'edit-all Mine', 'variant-all bluesky: Mine']) {
      expect(wordsOf((await desk.say(`/post P1 ${action}`, viewer)).reply)).toContain('Your role here is viewer');
      expect(wordsOf((await desk.say(`/post P1 ${action}`, stranger)).reply)).toContain('There is no post P1 here.');
    }
  });
});
