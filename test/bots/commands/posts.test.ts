import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { closeNewsrooms, PUBLISHED } from '../../core/usecases/newsroom.ts';
import { type Desk, idOf, labelsOf, openDesk, wordsOf } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterAll(closeNewsrooms);

const words = async (line: string): Promise<string> => wordsOf((await desk.say(line)).reply);
const namesIn = (text: string): string[] => [...text.matchAll(/^P\d+/gm)].map(([name]) => name);

describe('/posts', () => {
  it('says how to make the first one where there is none', async () => {
    expect(await words('/posts')).toBe('Latest posts\nNo posts yet. Make the first: /schedule tomorrow 9am to all: Hello');
  });

  it('says how each stands, when, its first words and where it is', async () => {
    await desk.say(`/schedule tomorrow 9am to bluesky: ${'Many words '.repeat(10)}`);
    desk.clock.forward({ hours: 24 });
    await desk.settle(() => PUBLISHED);
    expect(await words('/posts')).toBe(
      [
        'Latest posts',
        'P1 · published · Mon 23 Nov 2026, 09:00 CET',
        'Many words Many words Many words Many words Many words Many words Man…',
        'https://bluesky.example/post/1',
      ].join('\n'),
    );
  });

  it('lists what is asked for, and only of this workspace', async () => {
    await desk.say('/schedule in 2 hours to bluesky --campaign Launch: Today');
    await desk.say('/schedule Friday 9am to bluesky: This week');
    await desk.say('/schedule in 3 weeks to bluesky: Later');
    await desk.say('/draft to bluesky: Draft');
    expect(namesIn(await words('/posts'))).toEqual(['P4', 'P3', 'P2', 'P1']);
    expect(namesIn(await words('/posts today'))).toEqual(['P1']);
    expect(namesIn(await words('/posts week'))).toEqual(['P1', 'P2']);
    expect(namesIn(await words('/posts upcoming'))).toEqual(['P1', 'P2', 'P3']);
    expect(namesIn(await words('/posts drafts'))).toEqual(['P4']);
    expect(namesIn(await words('/posts campaign launch'))).toEqual(['P1']);
    expect(await words('/posts failed')).toBe('Posts that need a look\nNothing has failed.');
    const stranger = await desk.enter({ teamId: 'another-team' });
    expect(wordsOf((await desk.say('/posts', stranger)).reply)).toContain('No posts yet');
  });

  it('lists the reader’s own that are to come, with a button to each', async () => {
    const bob = await desk.enter({ userId: 'bob' });
    await desk.say('/schedule in 2 hours to bluesky: Of Bob', bob);
    await desk.say('/schedule in 3 hours to bluesky: Mine');
    const { reply } = await desk.say('/posts mine');
    expect(namesIn(wordsOf(reply))).toEqual(['P2']);
    expect(wordsOf((await desk.press(idOf(reply, 'Show'))).reply)).toContain('P2 scheduled');
    const carol = await desk.enter({ userId: 'carol' });
    expect(wordsOf((await desk.say('/posts mine', carol)).reply)).toContain('You have nothing planned.');
  });

  it.each([
    ['/posts faild', 'There is no list "faild". Did you mean /posts failed?'],
    ['/posts campaign lanch', 'There is no campaign "lanch". Did you mean Launch?'],
    ['/posts campaign', 'Say which campaign: Launch.'],
  ])('suggests what %s was meant to be', async (line, sentence) => {
    await desk.say('/draft to bluesky --campaign Launch: Hi');
    expect(await words(line)).toBe(sentence);
  });

  it.each([
    ['/posts', 'Earlier', 'Later', 'P2'],
    ['/posts upcoming', 'Later', 'Earlier', 'P11'],
    ['/posts campaign launch', 'Earlier', 'Later', 'P2'],
  ])('%s turns pages of ten', async (line, forward, back, eleventh) => {
    for (let hour = 1; hour <= 12; hour++)
      await desk.say(`/schedule in ${hour} hours to bluesky --campaign launch: Post ${hour}`);
    const first = (await desk.say(line)).reply;
    expect([namesIn(wordsOf(first)).length, labelsOf(first)]).toEqual([10, [forward]]);
    expect(wordsOf(first)).toContain('1-10 of 12');
    const second = (await desk.press(idOf(first, forward))).reply;
    expect([namesIn(wordsOf(second))[0], labelsOf(second)]).toEqual([eleventh, [back]]);
    const again = (await desk.press(idOf(second, back))).reply;
    expect(wordsOf(again)).toBe(wordsOf(first));
  });

  it('shows the first page where a later one has emptied', async () => {
    await desk.say('/draft to bluesky: Hi');
    expect(namesIn(wordsOf((await desk.press('posts/page/drafts~10')).reply))).toEqual(['P1']);
  });
});
