// Buttons and menus on cards, news and private answers: what they change, for whom, and what an old one answers.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { closeNewsrooms, FAILED, UNCONFIRMED } from '../../core/usecases/newsroom.ts';
import type { Component } from '../../support/discord/bodies.ts';
import type { Message } from '../../support/discord/message-shape.ts';
import { ANN, BOB, GUILD_A } from '../../support/discord/places.ts';
import { type DiscordDesk, isEphemeral, openDiscordDesk, pressSurely, wordsIn } from './discord-desk.ts';

const { social, random, board } = GUILD_A.channels;

let desk: DiscordDesk;

beforeEach(async () => {
  desk = await openDiscordDesk();
  return async () => {
    await desk.close();
    expect(desk.discord.troubles).toEqual([]);
  };
});
afterAll(closeNewsrooms);

/** The card of a post that was just scheduled. */
async function schedule(typed: Record<string, string> = {}, as = desk.ann): Promise<Message> {
  const sent = await as.slash('schedule', { when: 'tomorrow 9am', networks: 'bluesky', text: 'We are live', ...typed });
  const card = await sent.reply();
  await desk.idle();
  return card;
}

function cardNow(channel = social): Message {
  const [card] = desk.discord.messages(channel);
  if (!card) throw new Error('there is no card');
  return card;
}

describe('a press on a card', () => {
  it('changes it in place for everyone, by one answer', async () => {
    const card = await schedule();
    const pressed = await desk.bob.press(card, 'Publish now');
    expect((await pressed.answer()).type).toBe(7);
    await desk.idle();
    expect(cardNow().id).toBe(card.id);
    expect(wordsIn(cardNow())).toContain('P1 goes out now');
    expect((await desk.posts())[0]?.post.slot?.wallTime).toBe('2026-11-22T09:00:00');
    expect(desk.discord.messages(social)).toHaveLength(1);
  });

  it('opens a form, which changes the card in place when it is sent', async () => {
    const card = await schedule();
    const modal = await (await desk.ann.press(card, 'Edit')).modal();
    expect(wordsIn(modal.form)).toContain('We are live');
    await (await desk.ann.submit(modal, { 'field/value': 'We are live, and it is free' })).answer();
    await desk.idle();
    expect(wordsIn(cardNow())).toContain('and it is free');
    expect(desk.discord.messages(social)).toHaveLength(1);
  });

  it('moves the post to another time', async () => {
    const modal = await (await desk.ann.press(await schedule(), 'Move')).modal();
    await (await desk.ann.submit(modal, { 'field/value': 'Friday noon' })).answer();
    await desk.idle();
    expect((await desk.posts())[0]?.post.slot?.wallTime).toBe('2026-11-27T12:00:00');
  });

  it('that is old answers with what holds now', async () => {
    const old = await schedule();
    await (await desk.bob.slash('post', { post: 'P1', action: 'cancel' })).reply();
    await desk.idle();
    const pressed = await desk.ann.press(old, 'Publish now', { stale: true });
    await pressed.answer();
    await desk.idle();
    const said = [...desk.discord.whispers(social, ANN), cardNow()].map(wordsIn).join('\n');
    expect(said).toContain('canceled');
    expect((await desk.posts())[0]?.deliveries[0]?.state).toBe('canceled');
  });

  it('by two people at once is won by one, and tells both what holds', async () => {
    const card = await schedule();
    const [one, other] = await Promise.all([pressSurely(desk.ann, card, 'Cancel'), desk.bob.press(card, 'Publish now')]);
    await Promise.all([one.answer(), other.answer()]);
    await desk.idle();
    expect(['canceled', 'scheduled']).toContain((await desk.posts())[0]?.deliveries[0]?.state);
    expect(desk.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('whose message was deleted meanwhile is answered with a new card', async () => {
    const card = await schedule();
    await desk.ann.press(card, 'Publish now');
    desk.discord.deleteMessage(card.id);
    const anew = await desk.discord.until(() => desk.discord.messages(social)[0], 'a new card');
    await desk.idle();
    expect(wordsIn(anew)).toContain('P1 goes out now');
    expect((await desk.posts())[0]?.post.origin.message).toBe(anew.id);
  });

  it('twice delivered is done once', async () => {
    const pressed = await desk.ann.press(await schedule(), 'Publish now');
    await pressed.answer();
    pressed.again();
    await desk.idle();
    const [details] = await desk.posts();
    expect(details?.deliveries[0]?.state).toBe('scheduled');
    expect(desk.discord.calls('POST /interactions/:interaction/:token/callback').filter(({ status }) => status >= 400)).toEqual(
      [],
    );
  });
});

describe('a press on what one person sees', () => {
  it('replaces it, leaves the others alone, and changes the card in its channel', async () => {
    const card = await schedule();
    const list = await (await desk.bob.slash('overview')).reply();
    expect(isEphemeral(list)).toBe(true);
    await (await desk.bob.press(list, 'Show')).answer();
    await desk.idle();
    const [shown] = desk.discord.whispers(social, BOB);
    if (!shown) throw new Error('nothing is shown');
    expect(wordsIn(shown)).toContain('We are live');
    expect(cardNow()).toMatchObject(card);
    await (await pressSurely(desk.bob, shown, 'Cancel')).answer();
    await desk.idle();
    expect(desk.discord.whispers(social, BOB)).toHaveLength(1);
    expect(wordsIn(cardNow())).toContain('P1 canceled');
  });

  it('opens an empty form, whose post has a card of its own', async () => {
    const list = await (await desk.bob.slash('overview')).reply();
    const modal = await (await desk.bob.press(list, 'New post')).modal();
    const filled = { 'field/when': 'Monday noon', 'field/targets': ['bluesky/@bakery'], 'field/text': 'Another' };
    await (await desk.bob.submit(modal, filled)).answer();
    await desk.idle();
    expect(wordsIn(cardNow())).toContain('P1 scheduled');
    expect((await desk.posts())[0]?.post.origin.message).toBe(cardNow().id);
  });
});

describe('news in a thread', () => {
  it('asks what nobody can know, and takes the answer by a press', async () => {
    const card = await schedule();
    desk.newsroom.clock.forward({ hours: 25 });
    await desk.settle(UNCONFIRMED);
    const [news] = desk.discord.thread(card.id);
    if (!news) throw new Error('nothing was told');
    await (await desk.ann.at(GUILD_A, card.id).press(news, 'It went out')).answer();
    await desk.idle();
    expect((await desk.posts())[0]?.deliveries[0]?.state).toBe('published');
    expect(wordsIn(cardNow())).toContain('published');
  });

  it('shows a post to the one who asks, and leaves the news to the others', async () => {
    const card = await schedule();
    desk.newsroom.clock.forward({ hours: 25 });
    await desk.settle(FAILED);
    const [news] = desk.discord.thread(card.id);
    if (!news) throw new Error('nothing was told');
    await (await desk.bob.at(GUILD_A, card.id).press(news, 'Show')).answer();
    await desk.idle();
    expect(desk.discord.thread(card.id)).toEqual([news]);
    expect(wordsIn(desk.discord.whispers(card.id, BOB)[0] ?? card)).toContain('We are live');
  });
});

describe('a card in a channel where Crier may not write', () => {
  it('is the answer itself, changes by presses, and its author is told which right is missing', async () => {
    const there = desk.ann.at(GUILD_A, board);
    const card = await schedule({}, there);
    expect(isEphemeral(card)).toBe(false);
    const told = desk.discord.whispers(board, ANN).map(wordsIn).join('\n');
    expect(told).toContain('View Channel');
    expect(told).toContain('direct messages');
    await (await pressSurely(there, card, 'Cancel')).answer();
    await desk.idle();
    expect(wordsIn(cardNow(board))).toContain('P1 canceled');
  });

  it('says nothing of the kind elsewhere', async () => {
    await schedule({}, desk.ann.at(GUILD_A, random));
    expect(desk.discord.whispers(random, ANN)).toEqual([]);
  });
});

describe('a card that one message has no room for', () => {
  const long = `${'A long sentence about kites. '.repeat(100)}the end of it`;

  it('goes on in further messages, which change with it', async () => {
    const card = await schedule({ networks: 'mastodon', text: 'Short' });
    const modal = await (await desk.ann.press(card, 'Edit')).modal();
    await (await desk.ann.submit(modal, { 'field/value': 'Still short' })).answer();
    await desk.idle();
    expect(desk.discord.messages(social)).toHaveLength(1);
    await (await desk.ann.slash('draft', { networks: 'all', text: long })).reply();
    await desk.idle();
    const [, draft, more] = desk.discord.messages(social);
    expect(more?.id).toBeDefined();
    expect((await desk.posts())[0]?.post.origin.message).toBe(`${draft?.id}/${more?.id}`);
    if (!draft) throw new Error('there is no draft');
    const edit = await (await desk.ann.press(draft, 'Edit')).modal();
    await (await desk.ann.submit(edit, { 'field/value': 'Now it is short' })).answer();
    await desk.idle();
    expect(desk.discord.messages(social)).toHaveLength(2);
    expect((await desk.posts())[0]?.post.origin.message).toBe(draft.id);
  });
});

describe('a list with more buttons than a message has room for', () => {
  it('has a menu, whose choice is a press', async () => {
    for (const text of ['One', 'Two', 'Three', 'Four']) await schedule({ text });
    desk.newsroom.clock.forward({ hours: 25 });
    await desk.settle(FAILED);
    for (const text of ['Five', 'Six', 'Seven', 'Eight', 'Nine']) await schedule({ text });
    const list = await (await desk.ann.slash('overview')).reply();
    const menu = menusIn(list.components)[0];
    const choice = menu?.options?.find(({ value }) => value.startsWith('post/show/P1@'));
    if (!menu?.custom_id || !choice) throw new Error('there is no menu');
    await (await desk.ann.select(list, menu.custom_id, [choice.value])).answer();
    await desk.idle();
    expect(wordsIn(desk.discord.whispers(social, ANN)[0] ?? list)).toContain('One');
  });
});

const menusIn = (components: readonly Component[]): Component[] =>
  components.flatMap((each) => (each.type === 3 ? [each] : menusIn(each.components ?? [])));
