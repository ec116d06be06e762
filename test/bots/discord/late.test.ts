// Answers that take longer than Discord waits: three seconds for the first word, fifteen minutes for all the rest.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Deps } from '../../../src/core/ports.ts';
import { closeNewsrooms, PUBLISHED } from '../../core/usecases/newsroom.ts';
import type { Message } from '../../support/discord/message-shape.ts';
import { ANN, BOB, GUILD_A } from '../../support/discord/places.ts';
import type { Sent } from '../../support/discord/sent.ts';
import { type DiscordDesk, isEphemeral, openDiscordDesk, wordsIn } from './discord-desk.ts';

const { social, board } = GUILD_A.channels;
const WE_ARE_LIVE = { when: 'tomorrow 9am', networks: 'bluesky', text: 'We are live' };
const THINKING = 5;
const THINKING_ON_A_MESSAGE = 6;

let desk: DiscordDesk;
/** Until it resolves, the database does not answer. */
let database: Promise<unknown>;
let isAway = false;

/** The database does not answer until what is returned is called. */
function holdUp(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  database = promise;
  return () => resolve();
}

const slow = (deps: Deps): Deps => ({
  ...deps,
  store: {
    ...deps.store,
    isFirst: async (key) => {
      await database;
      if (isAway) throw new Error('the database is away');
      return deps.store.isFirst(key);
    },
  },
});

beforeEach(async () => {
  database = Promise.resolve();
  isAway = false;
  desk = await openDiscordDesk({ adapt: slow, patienceMs: 30 });
  return async () => {
    await desk.close();
    expect(desk.discord.troubles).toEqual([]);
  };
});
afterAll(closeNewsrooms);

/** What was sent is not answered until Crier has said that it takes longer; then it is. */
async function lateAnswer(sent: Promise<Sent>): Promise<{ type: number; sent: Sent }> {
  const { promise, resolve } = Promise.withResolvers<void>();
  database = promise;
  const asked = await sent;
  const { type } = await asked.answer();
  resolve();
  await desk.idle();
  return { type, sent: asked };
}

const scheduled = async (): Promise<Message> => (await desk.ann.slash('schedule', WE_ARE_LIVE)).reply();
const words = (messages: readonly Message[]): string => messages.map(wordsIn).join('\n');

describe('an answer after Crier has said that it takes longer', () => {
  it('is the card for all, where a post was made', async () => {
    const { type } = await lateAnswer(desk.ann.slash('schedule', WE_ARE_LIVE));
    expect(type).toBe(THINKING);
    const [card, ...more] = desk.discord.messages(social);
    expect(more).toEqual([]);
    expect(words(card ? [card] : [])).toContain('P1 scheduled');
    expect((await desk.posts())[0]?.post.origin.message).toBe(card?.id);
  });

  it('is for one person alone where it is a refusal, and nothing of it stays for the others', async () => {
    await lateAnswer(desk.bob.slash('schedule', { ...WE_ARE_LIVE, networks: 'blusky' }));
    expect(desk.discord.messages(social)).toEqual([]);
    expect(words(desk.discord.whispers(social, BOB))).toContain('Did you mean bluesky?');
  });

  it('is for one person alone where it is no card', async () => {
    await lateAnswer(desk.bob.slash('posts'));
    expect(desk.discord.messages(social)).toEqual([]);
    expect(words(desk.discord.whispers(social, BOB))).toContain('No posts yet');
  });

  it('is for all where it is a card, though it was said to one', async () => {
    await scheduled();
    await lateAnswer(desk.bob.slash('post', { post: 'P1', action: 'cancel' }));
    expect(words(desk.discord.messages(social).slice(1))).toContain('P1 canceled');
    expect(desk.discord.whispers(social, BOB)).toEqual([]);
  });

  it('is a button where it is a form', async () => {
    await lateAnswer(desk.ann.slash('schedule', { text: 'We are live' }));
    const [asked] = desk.discord.whispers(social, ANN);
    if (!asked) throw new Error('nothing was answered');
    const modal = await (await desk.ann.press(asked, 'Open the form')).modal();
    expect(wordsIn(modal.form)).toContain('We are live');
    const filled = { 'field/when': 'tomorrow 9am', 'field/targets': ['bluesky/@bakery'] };
    await (await desk.ann.submit(modal, filled)).answer();
    await desk.idle();
    expect(words(desk.discord.messages(social))).toContain('P1 scheduled');
  });

  it('changes the card that was pressed', async () => {
    const card = await scheduled();
    const { type } = await lateAnswer(desk.bob.press(card, 'Publish now'));
    expect(type).toBe(THINKING_ON_A_MESSAGE);
    expect(words(desk.discord.messages(social))).toContain('P1 goes out now');
    expect(desk.discord.messages(social)).toHaveLength(1);
  });

  it('leaves the card alone where the press is refused', async () => {
    const card = await scheduled();
    await (await desk.ann.slash('settings', { name: 'roles', value: 'everyone viewer' })).reply();
    await lateAnswer(desk.bob.press(card, 'Publish now'));
    expect(words(desk.discord.messages(social))).not.toContain('goes out now');
    expect(words(desk.discord.whispers(social, BOB))).toContain('Your role here is viewer');
  });
});

describe('a press on a card that was deleted in the same moment', () => {
  async function pressGone(): Promise<void> {
    const card = await scheduled();
    const goOn = holdUp();
    const pressed = await desk.bob.press(card, 'Publish now');
    desk.discord.deleteMessage(card.id);
    await pressed.answer();
    goOn();
    await desk.idle();
  }

  it('is answered by a new card, under which the news goes on', async () => {
    await pressGone();
    const [anew, ...more] = desk.discord.messages(social);
    expect(more).toEqual([]);
    expect(words(anew ? [anew] : [])).toContain('P1 goes out now');
    expect((await desk.posts())[0]?.post.origin.message).toBe(anew?.id);
  });
});

it.each(['before', 'after'] as const)('An answer whose way broke off %s Discord took it is there once', async (when) => {
  desk.discord.failNext('POST /interactions/:interaction/:token/callback', { kind: 'cut', when });
  await desk.ann.slash('schedule', WE_ARE_LIVE);
  await desk.discord.until(() => (desk.discord.messages(social).length > 0 ? true : undefined), 'a card');
  await desk.idle();
  expect(desk.discord.messages(social)).toHaveLength(1);
  expect((await desk.posts())[0]?.post.origin.message).toBe(desk.discord.messages(social)[0]?.id);
  expect(desk.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

describe('an answer after a quarter of an hour', () => {
  /** Everything is answered sixteen minutes after it was asked. */
  async function muchLater(sending: () => Promise<Sent>): Promise<void> {
    const goOn = holdUp();
    await (await sending()).answer();
    desk.newsroom.clock.forward({ minutes: 16 });
    goOn();
    await desk.idle();
  }

  it('is an ordinary message, under which the news goes on', async () => {
    await muchLater(() => desk.ann.slash('schedule', WE_ARE_LIVE));
    const card = desk.discord.messages(social).find((message) => wordsIn(message).includes('P1 scheduled'));
    expect((await desk.posts())[0]?.post.origin.message).toBe(card?.id);
    desk.newsroom.clock.forward({ hours: 25 });
    await desk.settle(PUBLISHED);
    expect(words(desk.discord.thread(card?.id ?? ''))).toContain('published');
  });

  it('is told by a direct message where it is for one person alone, or the channel is closed to Crier', async () => {
    await muchLater(() => desk.bob.slash('schedule', { ...WE_ARE_LIVE, networks: 'blusky' }));
    expect(words(desk.discord.dms(BOB))).toContain('Did you mean bluesky?');
    await muchLater(() => desk.ann.at(GUILD_A, board).slash('schedule', WE_ARE_LIVE));
    expect(words(desk.discord.dms(ANN))).toContain('P1 scheduled');
    expect(words(desk.discord.dms(ANN))).toContain('does not let me write');
  });

  it('changes the card that was pressed all the same', async () => {
    const card = await scheduled();
    await muchLater(() => desk.bob.press(card, 'Publish now'));
    expect(words(desk.discord.messages(social))).toContain('P1 goes out now');
    expect(desk.discord.messages(social)).toHaveLength(1);
  });
});

it('A first word that came too late for Discord is said by an ordinary message', async () => {
  const goOn = holdUp();
  const sending = desk.ann.slash('schedule', WE_ARE_LIVE);
  await sending;
  desk.newsroom.clock.forward({ seconds: 4 });
  goOn();
  await desk.discord.waitFor('POST /channels/:channel/messages');
  await desk.idle();
  expect(words(desk.discord.messages(social))).toContain('P1 scheduled');
});

it('A database that fails is said in a kind sentence, with a reference that the log has too', async () => {
  isAway = true;
  const reply = await (await desk.ann.slash('posts')).reply();
  await desk.idle();
  const [, reference] = /reference (\w+)/.exec(wordsIn(reply)) ?? [];
  expect(isEphemeral(reply)).toBe(true);
  expect(JSON.stringify(desk.log.lines)).toContain(reference);
  expect(wordsIn(reply)).not.toContain('away');
});
