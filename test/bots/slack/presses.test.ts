// Buttons on cards, news, private lists and in modals: what they change, for whom, and what an old one answers.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { closeNewsrooms, UNCONFIRMED } from '../../core/usecases/newsroom.ts';
import { TEAM_A } from '../../support/slack/cast.ts';
import type { SlackMessage, Whisper } from '../../support/slack/records.ts';
import { buttonOf, openSlackDesk, type SlackDesk, wordsIn } from './slack-desk.ts';

const { social } = TEAM_A.channels;
const { ann, bob, gus, sue } = TEAM_A.people;

let desk: SlackDesk;

beforeEach(async () => {
  desk = await openSlackDesk();
  return async () => {
    await desk.close();
    expect(desk.problems).toEqual([]);
  };
});
afterAll(closeNewsrooms);

/** The card of a post that was just scheduled. */
async function schedule(text = 'tomorrow 9am to bluesky: We are live'): Promise<SlackMessage> {
  await desk.a.command({ command: '/schedule', text });
  await desk.idle();
  return desk.slack.waitForMessage(social);
}

async function press(on: SlackMessage | Whisper, label: string, user: string = ann.id): Promise<void> {
  await desk.a.press(on, buttonOf(on, label), { user });
  await desk.idle();
}

const cardNow = async (): Promise<SlackMessage> => desk.slack.waitForMessage(social);

async function lastWhisper(userId: string): Promise<Whisper> {
  await desk.idle();
  return desk.slack.waitForWhisper(userId);
}

describe('a press on a card', () => {
  it('changes it in place for everyone', async () => {
    const card = await schedule();
    await press(card, 'Cancel', bob.id);
    const changed = await cardNow();
    expect(changed.ts).toBe(card.ts);
    expect(wordsIn(changed)).toContain('P1 canceled');
    expect((await desk.posts())[0]?.deliveries[0]?.state).toBe('canceled');
  });

  it('opens a form, which changes the card in place when it is sent', async () => {
    const card = await schedule();
    await press(card, 'Edit');
    const form = await desk.slack.waitForView(ann.id);
    expect(wordsIn(form)).toContain('We are live');
    await desk.a.submit(form, { 'field:value': 'We are live, and it is free' });
    await desk.idle();
    expect(wordsIn(await cardNow())).toContain('and it is free');
    expect(await desk.slack.messages(social)).toHaveLength(1);
    expect(desk.slack.views(ann.id)).toEqual([]);
  });

  it('moves the post to another time', async () => {
    const card = await schedule();
    await press(card, 'Move');
    await desk.a.submit(await desk.slack.waitForView(ann.id), { 'field:value': 'Friday noon' });
    await desk.idle();
    expect((await desk.posts())[0]?.post.slot?.wallTime).toBe('2026-11-27T12:00:00');
    expect(wordsIn(await cardNow())).toContain('27 Nov');
  });

  it('that is old answers with what holds now', async () => {
    const old = await schedule();
    await desk.a.command({ command: '/post', text: 'P1 cancel' });
    await desk.idle();
    await press(old, 'Publish now');
    const [card] = await desk.slack.messages(social);
    expect(wordsIn(card ?? {})).toMatch(/canceled/);
    expect((await desk.posts())[0]?.deliveries[0]?.state).toBe('canceled');
  });

  it('by two people at once is won by one, and shows both what holds', async () => {
    const card = await schedule();
    const now = buttonOf(card, 'Publish now');
    const cancel = buttonOf(card, 'Cancel');
    await Promise.all([desk.a.press(card, cancel, { user: ann.id }), desk.a.press(card, now, { user: bob.id })]);
    await desk.idle();
    const state = (await desk.posts())[0]?.deliveries[0]?.state;
    expect(['canceled', 'scheduled']).toContain(state);
    expect(desk.slack.calls('chat.update')).toHaveLength(2);
    expect(desk.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('whose message was deleted meanwhile is answered with a new card', async () => {
    const card = await schedule();
    await desk.slack.remove(card);
    await press(card, 'Cancel');
    const anew = await cardNow();
    expect(anew.ts).not.toBe(card.ts);
    expect(wordsIn(anew)).toContain('P1 canceled');
  });

  it('changes it for everyone where Crier has been removed from the channel since', async () => {
    const card = await schedule();
    desk.slack.failNext('chat.update', { error: 'channel_not_found' }, social);
    await press(card, 'Cancel', bob.id);
    expect(wordsIn(await cardNow())).toContain('P1 canceled');
    expect(desk.slack.whispers(bob.id)).toEqual([]);
  });

  it('is answered to whoever pressed where the channel was archived since, and holds', async () => {
    const card = await schedule();
    await desk.slack.archive(social);
    await press(card, 'Cancel');
    const [told] = await desk.slack.messages(ann.id);
    expect(wordsIn(told ?? {})).toContain('P1 canceled');
    expect(wordsIn(told ?? {})).toContain('It holds all the same');
  });

  it.each([
    ['a guest', gus.id],
    ['somebody of another organization', sue.id],
  ])('by %s is refused to them alone', async (_, user) => {
    const card = await schedule();
    await press(card, 'Cancel', user);
    expect(wordsIn(await lastWhisper(user))).toContain('Your role here is viewer');
    expect(wordsIn(await cardNow())).not.toContain('canceled');
  });
});

describe('the question whether a post went out', () => {
  it.each([
    ['It went out', 'published'],
    ['Post it again', 'scheduled'],
  ])('is answered in its thread by "%s", and nobody is asked again', async (label, state) => {
    const card = await schedule('in 5 minutes to bluesky: We are live');
    desk.newsroom.clock.forward({ minutes: 6 });
    await desk.settle(UNCONFIRMED);
    const question = await desk.slack.waitForReply(social, card.ts);
    await desk.a.press(question, buttonOf(question, label), { user: bob.id });
    await desk.idle();
    expect((await desk.posts())[0]?.deliveries[0]?.state).toBe(state);
    for (const shown of await desk.slack.thread(social, card.ts)) expect(wordsIn(shown)).not.toContain('Post it again');
  });
});

describe('a press on a message that one person sees', () => {
  async function upcoming(): Promise<Whisper> {
    await desk.a.command({ command: '/overview' });
    return lastWhisper(ann.id);
  }

  it('replaces it, and leaves the others alone', async () => {
    const card = await schedule();
    await press(await upcoming(), 'Show');
    expect(desk.slack.whispers(ann.id)).toHaveLength(1);
    expect(wordsIn(await lastWhisper(ann.id))).toContain('We are live');
    expect(await cardNow()).toEqual(card);
  });

  it('changes the card in the channel too', async () => {
    await schedule();
    await press(await upcoming(), 'Show');
    await press(await lastWhisper(ann.id), 'Cancel');
    expect(wordsIn(await lastWhisper(ann.id))).toContain('P1 canceled');
    expect(wordsIn(await cardNow())).toContain('P1 canceled');
  });

  it('is answered all the same when Slack takes no answer there any more', async () => {
    await schedule();
    await press(await upcoming(), 'Edit');
    const form = await desk.slack.waitForView(ann.id);
    desk.newsroom.clock.forward({ minutes: 31 });
    await desk.a.submit(form, { 'field:value': 'Another text' });
    expect(wordsIn(await lastWhisper(ann.id))).toContain('Another text');
    expect(wordsIn(await cardNow())).toContain('Another text');
  });

  it('is answered again where it was pressed before it was replaced', async () => {
    for (let count = 1; count <= 11; count++) await schedule(`tomorrow 9am to bluesky: Number ${count}`);
    await desk.a.command({ command: '/posts', text: 'upcoming' });
    const first = await lastWhisper(ann.id);
    await press(first, 'Later');
    await press(first, 'Later');
    expect(desk.slack.whispers(ann.id)).toHaveLength(1);
    expect(wordsIn(await lastWhisper(ann.id))).toContain('11-11 of 11');
  });

  it('opens a form whose post has a card of its own', async () => {
    const list = await upcoming();
    await press(list, 'New post');
    const form = await desk.slack.waitForView(ann.id);
    await desk.a.submit(form, { 'field:when': 'Monday noon', 'field:targets': ['bluesky/@acme'], 'field:text': 'Another' });
    await desk.idle();
    expect(wordsIn(await cardNow())).toContain('Another');
    expect((await desk.posts())[0]?.post.origin.channel).toBe(social);
  });
});

describe('a button of an earlier version', () => {
  it('says so', async () => {
    const card = await schedule();
    const blocks = card.blocks.map((block) => JSON.parse(JSON.stringify(block).replaceAll('post/cancel/', 'post/vanish/')));
    await press({ ...card, blocks }, 'Cancel');
    expect(wordsIn(await lastWhisper(ann.id))).toContain('earlier version of Crier');
  });
});
