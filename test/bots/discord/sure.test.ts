// Presses that take something away: the question before them, and what becomes of its answers.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { closeNewsrooms } from '../../core/usecases/newsroom.ts';
import type { Message } from '../../support/discord/message-shape.ts';
import { ANN, BOB, GUILD_A } from '../../support/discord/places.ts';
import { type DiscordDesk, isEphemeral, openDiscordDesk, pressSurely, wordsIn } from './discord-desk.ts';

const { social, board } = GUILD_A.channels;

let desk: DiscordDesk;

beforeEach(async () => {
  desk = await openDiscordDesk();
  return async () => {
    await desk.close();
    expect(desk.discord.troubles).toEqual([]);
  };
});
afterAll(closeNewsrooms);

async function schedule(when = 'tomorrow 9am', as = desk.ann): Promise<Message> {
  const card = await (await as.slash('schedule', { when, networks: 'bluesky', text: 'We are live' })).reply();
  await desk.idle();
  return card;
}

/** The question that a press is answered with. */
async function ask(label: string, card: Message): Promise<Message> {
  const [question] = await (await desk.bob.press(card, label)).followUps(1);
  await desk.idle();
  if (!question) throw new Error('nothing was asked');
  return question;
}

const stateOf = async (): Promise<string | undefined> => (await desk.posts())[0]?.deliveries[0]?.state;

describe('Cancel', () => {
  it('asks the person alone first, and changes nothing until they have answered', async () => {
    const card = await schedule();
    const question = await ask('Cancel', card);
    expect(isEphemeral(question)).toBe(true);
    expect(wordsIn(question)).toContain('Cancel P1? That cannot be taken back.');
    expect(desk.discord.messages(social)).toMatchObject([card]);
    expect(await stateOf()).toBe('scheduled');
  });

  it('with a yes changes the card for everyone, and the question is gone', async () => {
    const card = await schedule();
    await (await pressSurely(desk.bob, card, 'Cancel')).answer();
    await desk.idle();
    expect(desk.discord.messages(social).map(({ id }) => id)).toEqual([card.id]);
    expect(wordsIn(desk.discord.messages(social)[0] ?? card)).toContain('P1 canceled');
    expect(await stateOf()).toBe('canceled');
    expect(desk.discord.whispers(social, BOB)).toEqual([]);
  });

  it('with a no leaves everything as it is', async () => {
    const card = await schedule();
    await (await desk.bob.press(await ask('Cancel', card), 'No, leave it')).answer();
    await desk.idle();
    expect(desk.discord.messages(social)).toMatchObject([card]);
    expect(desk.discord.whispers(social, BOB)).toEqual([]);
    expect(await stateOf()).toBe('scheduled');
  });

  it('twice asked and twice answered is done once, and says what holds', async () => {
    const card = await schedule();
    const questions = [await ask('Cancel', card), await ask('Cancel', card)];
    for (const question of questions) await (await desk.bob.press(question, 'Yes, cancel P1')).answer();
    await desk.idle();
    expect(await stateOf()).toBe('canceled');
    expect(desk.discord.whispers(social, BOB)).toEqual([]);
    expect(desk.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('answered after an hour asks to say it once more', async () => {
    const question = await ask('Cancel', await schedule('Friday noon'));
    desk.newsroom.clock.forward({ minutes: 61 });
    await (await desk.bob.press(question, 'Yes, cancel P1')).answer();
    await desk.idle();
    expect(desk.discord.whispers(social, BOB).map(wordsIn).join()).toContain('once more');
    expect(await stateOf()).toBe('scheduled');
  });

  it('answered when the press is too old for Discord changes the card all the same', async () => {
    const card = await schedule('Friday noon');
    const question = await ask('Cancel', card);
    desk.newsroom.clock.forward({ minutes: 20 });
    await (await desk.bob.press(question, 'Yes, cancel P1')).answer();
    await desk.idle();
    expect(wordsIn(desk.discord.messages(social)[0] ?? card)).toContain('P1 canceled');
  });

  it('answered so late in a channel where Crier may not write is told directly, with the card', async () => {
    const there = desk.ann.at(GUILD_A, board);
    const card = await schedule('Friday noon', there);
    const [question] = await (await there.press(card, 'Cancel')).followUps(1);
    desk.newsroom.clock.forward({ minutes: 20 });
    await (await there.press(question ?? card, 'Yes, cancel P1')).answer();
    await desk.idle();
    expect(await stateOf()).toBe('canceled');
    expect(desk.discord.dms(ANN).map(wordsIn).join()).toContain('P1 canceled');
  });
});

describe('End', () => {
  it('asks before a series is over', async () => {
    const card = await schedule('every Monday 9am');
    expect(wordsIn(await ask('End', card))).toContain('End P1?');
    await (await pressSurely(desk.bob, card, 'End')).answer();
    await desk.idle();
    expect(wordsIn(desk.discord.messages(social)[0] ?? card)).toContain('P1 ended');
  });
});

describe('Stop', () => {
  it('asks which digest is meant to be over', async () => {
    const added = await (await desk.ann.slash('digest', { what: 'daily', when: '9am' })).reply();
    await desk.idle();
    expect(wordsIn(await ask('Stop', added))).toContain('Stop D1? That cannot be taken back.');
  });
});
