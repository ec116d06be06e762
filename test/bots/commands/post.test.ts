import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { closeNewsrooms, FAILED, PUBLISHED, UNCONFIRMED } from '../../core/usecases/newsroom.ts';
import { type Desk, idOf, labelsOf, openDesk, wordsOf } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await desk.say('/schedule tomorrow 9am to bluesky, @crier: Hello');
});
afterAll(closeNewsrooms);

const words = async (line: string): Promise<string> => wordsOf((await desk.say(line)).reply);

describe('/post P1', () => {
  it.each([
    ['/post P1', 'P1 scheduled\nWhen: Mon 23 Nov 2026, 09:00 CET'],
    ['/post #1 show', 'P1 scheduled'],
    ['/post p1 edit  Two  spaces\nand a line: kept', 'Bluesky · @team.bsky.social · 29/300\n Two  spaces\nand a line: kept'],
    ['/post P1 edit "Hello again"', '\nHello again'],
    ['/post P1 move to Friday noon', 'When: Fri 27 Nov 2026, 12:00 CET'],
    [
      '/post P1 variant bluesky: Blue: sky',
      'Bluesky · @team.bsky.social · 9/300\nBlue: sky\nMastodon · @crier@chaos.social · 5/500\nHello',
    ],
    ['/post P1 cancel', 'P1 canceled'],
    ['/post P1 now', 'P1 goes out now\nWhen: Sun 22 Nov 2026, 10:00 CET · now'],
  ])('%s', async (line, expected) => {
    expect(await words(line)).toContain(expected);
  });

  it.each([
    ['/post P1 edt Hello', 'Did you mean edit?'],
    [
      '/post P1 frobnicate',
      'It can: show, edit, move, queue, variant, options, thread, comment, cancel, now, retry, skip, pause, resume, end',
    ],
    ['/post potato', '"potato" is not a post.'],
    ['/post P999', 'There is no post P999 here.'],
    ['/post P999 cancel', 'There is no post P999 here.'],
    ['/post P1 variant blue sky', 'Say the network and its text: /post P1 variant bluesky: the text.'],
    ['/post P1 variant blusky: Hi', 'P1 does not go to "blusky". Did you mean bluesky?'],
    ['/post P1 move yesterday 9am', 'has gone by'],
    ['/post P1 retry', 'Nothing of P1 has failed'],
    [`/post P1 edit ${'x'.repeat(301)}`, 'give Bluesky its own text with /post P1 variant bluesky: TEXT.'],
  ])('%.40s is refused, and changes nothing', async (line, sentence) => {
    const before = await desk.everything();
    const { reply, refused } = await desk.say(line);
    expect(refused).toBe(true);
    expect(wordsOf(reply)).toContain(sentence);
    expect(await desk.everything()).toBe(before);
  });

  it('of another workspace looks exactly like one that is not there', async () => {
    const stranger = await desk.enter({ teamId: 'another-team' });
    for (const rest of ['', ' cancel', ' now', ' edit Mine', ' move Friday 9am', ' edit', ' move', ' variant']) {
      const [theirs, none] = [await desk.say(`/post P1${rest}`, stranger), await desk.say(`/post P7${rest}`, stranger)];
      expect(wordsOf(theirs.reply)).toBe(wordsOf(none.reply).replace('P7', 'P1'));
    }
  });

  it('is shown to a viewer, who changes nothing', async () => {
    const viewer = await desk.enter({ userId: 'vic', role: 'viewer' });
    expect((await desk.say('/post P1', viewer)).refused).toBe(false);
    for (const line of ['/post P1 cancel', '/post P1 edit', '/post P1 move', '/post P1 edit Mine']) {
      expect(wordsOf((await desk.say(line, viewer)).reply)).toContain('Your role here is viewer');
    }
  });

  it('asks by a form filled with what holds now', async () => {
    const edit = await desk.press('post/edit/P1');
    expect(edit.reply.form?.fields[0]?.value).toBe('Hello');
    expect(wordsOf((await desk.send(edit.reply, { value: 'Hello again' })).reply)).toContain('P1 edited');
    const move = await desk.press('post/move/P1');
    expect(move.reply.form?.fields[0]?.value).toBe('2026-11-23 09:00');
    expect(wordsOf((await desk.send(move.reply, {})).reply)).toContain('When: Mon 23 Nov 2026, 09:00 CET');
    expect((await desk.say('/post')).reply.form?.fields[0]?.name).toBe('post');
  });

  it('asks which time a move means, and moves by one press', async () => {
    const { reply } = await desk.say('/post P1 move next Friday 9am');
    expect(reply.title).toBe('P1 is not moved yet');
    const [first] = labelsOf(reply);
    expect(wordsOf((await desk.press(idOf(reply, first ?? ''))).reply)).toContain('When: Fri 27 Nov 2026, 09:00 CET');
  });
});

describe('the card once the networks have answered', () => {
  async function settle(answers: Record<string, Parameters<Desk['settle']>[0]>): Promise<string> {
    desk.clock.forward({ hours: 24 });
    await desk.settle((claim) => answers[claim.account.platform]?.(claim) ?? null);
    return words('/post P1');
  }

  it('links to what is out', async () => {
    expect(await settle({ bluesky: () => PUBLISHED, mastodon: () => PUBLISHED })).toBe(
      [
        'P1 published',
        'When: Mon 23 Nov 2026, 09:00 CET · 1 hour ago',
        'Networks: Bluesky @team.bsky.social, Mastodon @crier@chaos.social',
        'Bluesky · @team.bsky.social',
        'Hello',
        'published https://bluesky.example/post/1',
        'Mastodon · @crier@chaos.social',
        'Hello',
        'published https://bluesky.example/post/1',
      ].join('\n'),
    );
    expect(labelsOf((await desk.say('/post P1')).reply)).toEqual([]);
  });

  it('says why it failed, and retries by a press', async () => {
    expect(await settle({ bluesky: () => PUBLISHED, mastodon: () => FAILED })).toContain(
      'The network refused it.\nOnce that is mended: /post P1 retry',
    );
    const { reply } = await desk.say('/post P1');
    expect(reply).toMatchObject({ tone: 'warning', title: 'P1 partly published' });
    expect(labelsOf(reply)).toEqual(['Retry', 'Edit', 'Move', 'Publish now', 'Cancel']);
    expect((await desk.press(idOf(reply, 'Retry'))).reply.title).toBe('P1 is tried again');
  });

  it('tells when it is tried again', async () => {
    const dueAt = desk.clock.now().add({ hours: 24, minutes: 5 });
    const retrying = () => ({ state: 'retrying', errorMessage: 'Bluesky did not answer.', dueAt }) as const;
    expect(await settle({ bluesky: retrying, mastodon: () => PUBLISHED })).toContain(
      'Bluesky did not answer.\nNext try: Mon 23 Nov 2026, 10:05 CET',
    );
  });

  it('asks whether it went out, and takes one answer', async () => {
    expect(await settle({ bluesky: () => UNCONFIRMED, mastodon: () => PUBLISHED })).toContain('did it go out?');
    const { reply } = await desk.say('/post P1');
    expect(labelsOf(reply)).toEqual(['It went out', 'Post it again', 'Cancel']);
    expect((await desk.press(idOf(reply, 'It went out'))).reply.title).toBe('P1 confirmed');
    const stale = await desk.press(idOf(reply, 'Post it again'));
    expect(wordsOf(stale.reply)).toContain(
      'P1 published\nBluesky (@team.bsky.social) no longer waits for an answer: it is published.',
    );
    expect(stale.reply.tone).toBe('warning');
  });

  it('asks for each account where several are in doubt', async () => {
    await settle({ bluesky: () => UNCONFIRMED, mastodon: () => UNCONFIRMED });
    expect(labelsOf((await desk.say('/post P1')).reply)).toContain('Mastodon · @crier@chaos.social: Post it again');
  });

  it('answers a press that comes too late with what holds now', async () => {
    const { reply } = await desk.say('/post P1');
    await settle({ bluesky: () => PUBLISHED, mastodon: () => PUBLISHED });
    const late = await desk.press(idOf(reply, 'Cancel'));
    expect(wordsOf(late.reply)).toContain('P1 published\nP1 is already out, so it cannot be canceled.');
  });

  it.each([
    ['account', 'It goes out once the account is connected again: /connect bluesky'],
    ['cap', 'Send it another day: /post P1 move tomorrow 9am, or raise the cap: /settings cap bluesky 10 and then /post P1 now'],
  ] as const)('names the cure where it is held by its %s', async (holdReason, cure) => {
    const held = () => ({ outcome: 'released', state: 'held', holdReason }) as const;
    expect(await settle({ bluesky: held, mastodon: () => PUBLISHED })).toContain(cure);
  });
});

describe('what a post says beside its text', () => {
  it('is changed by /post, and taken away again', async () => {
    const beside = async () => (await desk.find(1)).post.beside;
    const { reply } = await desk.say('/post P1 options masto visibility=unlisted title="Our launch"');
    expect(wordsOf(reply)).toContain('visibility=unlisted · title="Our launch"');
    await desk.say('/post P1 thread yes');
    await desk.say('/post P1 comment "Ask us anything"');
    expect(await beside()).toEqual({
      options: { mastodon: { visibility: 'unlisted', title: 'Our launch' } },
      thread: true,
      comment: 'Ask us anything',
    });
    await desk.say('/post P1 thread no');
    await desk.say('/post P1 comment none');
    await desk.say('/post P1 options masto none');
    expect(await beside()).toEqual({ options: {}, thread: false, comment: null });
  });

  it.each([
    ['/post P1 options', 'Say what it is to be: /post P1 options'],
    ['/post P1 options tiktok privacy=me', 'Crier knows no network "tiktok"'],
    ['/post P1 thread maybe', 'thread is yes or no'],
  ])('%s is answered with the cure', async (line, sentence) => {
    const { reply, refused } = await desk.say(line);
    expect(refused).toBe(true);
    expect(wordsOf(reply)).toContain(sentence);
  });
});
