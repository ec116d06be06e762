// What is said for all in a channel of Discord, and how far it is on the way there.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { defineCommand } from '../../../src/bots/command.ts';
import type { Button, Reply } from '../../../src/bots/reply.ts';
import { invalidArgument } from '../../../src/core/errors.ts';
import { closeNewsrooms } from '../../core/usecases/newsroom.ts';
import type { Message } from '../../support/discord/message-shape.ts';
import { mention } from '../../support/discord/people.ts';
import { ANN, BOB, GUILD_A } from '../../support/discord/places.ts';
import { type DiscordDesk, isEphemeral, openDiscordDesk, redPng, wordsIn } from './discord-desk.ts';

const { social } = GUILD_A.channels;
const THINKING = 5;

/** What a report does while it is made: words on how far it is, and whatever a test waits for between them. */
let onTheWay: (say: (words: string) => Promise<void>) => Promise<void> = async () => {};

const MORE_THAN_ONE_MESSAGE = Array.from({ length: 60 }, (_, day) => `Day ${day}: ${'x'.repeat(90)}`);

const press = (label: string, name: string): Button => ({ label, command: 'report', name, subject: 'week' });

async function report(title: string): Promise<Reply> {
  const bytes = new Uint8Array(await redPng());
  return {
    tone: 'plain',
    title,
    public: true,
    files: [{ name: 'chart.png', mimeType: 'image/png', bytes }],
    buttons: [press('Month', 'month'), press('Today', 'today'), press('Year', 'year'), press('Mine', 'mine')],
  };
}

const reports = defineCommand({
  name: 'report',
  summary: 'Tells how it went',
  permission: 'view',
  public: true,
  arguments: [{ name: 'text', kind: 'text', summary: 'what of it' }],
  examples: ['/report'],
  run: async ({ args: { text = '' }, progress }) => {
    const isMine = text === 'mine';
    await onTheWay(async (words) => progress?.({ tone: 'plain', lines: [words], ...(isMine ? { private: true } : {}) }));
    if (text === 'nonsense') throw invalidArgument('text', 'There is no such report.');
    return isMine ? { tone: 'plain', title: 'For you alone', private: true } : report('The week');
  },
  buttons: {
    month: async ({ progress }) => {
      await onTheWay(async (words) => progress?.({ tone: 'plain', lines: [words] }));
      return report('The month');
    },
    today: async () => ({ tone: 'plain', title: 'Nothing went out today', public: true }),
    year: async () => ({ ...(await report('The year')), lines: MORE_THAN_ONE_MESSAGE }),
    mine: async ({ progress }) => {
      await onTheWay(async (words) => progress?.({ tone: 'plain', lines: [words] }));
      return { tone: 'plain', title: 'For you alone', private: true };
    },
  },
});

let desk: DiscordDesk;
beforeEach(async () => {
  onTheWay = async () => {};
  desk = await openDiscordDesk({ more: [reports], pause: async () => {} });
  return async () => {
    await desk.close();
    expect(desk.discord.troubles).toEqual([]);
  };
});
afterAll(closeNewsrooms);

const words = (messages: readonly Message[]): string => messages.map(wordsIn).join('\n');
const inChannel = (): Message[] => desk.discord.messages(social);
const asked = async (text?: string): Promise<Message> =>
  (await desk.ann.slash('report', text === undefined ? {} : { text })).reply();

/** Says something, and goes on when Discord shows it to somebody. */
const shown = (seen: () => readonly Message[]) => async (say: (words: string) => Promise<void>) => {
  for (const each of ['1 of 2', '2 of 2']) {
    await say(each);
    await desk.discord.until(() => (words(seen()).includes(each) ? true : undefined), each);
  }
};

describe('what is public', () => {
  it('is for all in the channel, with its picture', async () => {
    const message = await asked();
    await desk.idle();
    expect(isEphemeral(message)).toBe(false);
    expect(words(inChannel())).toContain('The week');
    expect(inChannel()[0]?.attachments.map(({ filename }) => filename)).toEqual(['chart.png']);
  });

  it('is for one person alone where the reply is private, or refuses', async () => {
    expect(isEphemeral(await asked('mine'))).toBe(true);
    expect(isEphemeral(await asked('nonsense'))).toBe(true);
    await desk.idle();
    expect(inChannel()).toEqual([]);
  });

  it('answers a mention for all too', async () => {
    await desk.ann.say(`${mention} /report`);
    await desk.discord.waitFor('POST /channels/:channel/messages');
    await desk.idle();
    expect(words(inChannel())).toContain('The week');
  });

  it('is replaced by a press whose answer is public, with the picture of the new one alone', async () => {
    const message = await asked();
    await (await desk.bob.press(message, 'Month')).answer();
    await desk.idle();
    expect(words(inChannel())).toContain('The month');
    expect(inChannel()).toHaveLength(1);
    expect(inChannel()[0]?.attachments).toHaveLength(1);
  });

  it('stays as it is where a press is answered by more than one message has room for, which is said below it', async () => {
    const message = await asked();
    await (await desk.bob.press(message, 'Year')).answer();
    await desk.idle();
    const [first, ...below] = inChannel();
    expect(words(first ? [first] : [])).toContain('The week');
    expect(words(below)).toContain('The year');
    expect(words(below)).toContain('Day 59');
    expect(below.length).toBeGreaterThan(1);
  });

  it('keeps no picture of what stood there before', async () => {
    const message = await asked();
    await (await desk.ann.press(message, 'Today')).answer();
    await desk.idle();
    expect(words(inChannel())).toContain('Nothing went out today');
    expect(inChannel()[0]?.attachments).toEqual([]);
  });

  it('stays as it is where a press is answered for one person alone', async () => {
    const message = await asked();
    await (await desk.bob.press(message, 'Mine')).answer();
    await desk.idle();
    expect(words(inChannel())).toContain('The week');
    expect(words(desk.discord.whispers(social, BOB))).toContain('For you alone');
  });
});

describe('how far a long command is', () => {
  it('is told where its answer will be', async () => {
    onTheWay = shown(inChannel);
    const sent = await desk.ann.slash('report');
    expect(await sent.answer()).toMatchObject({ type: THINKING });
    await desk.idle();
    expect(inChannel()).toHaveLength(1);
    expect(words(inChannel())).toContain('The week');
    expect(words(inChannel())).not.toContain('2 of 2');
  });

  it('is for the eyes of one person where it says so', async () => {
    onTheWay = shown(() => desk.discord.whispers(social, ANN));
    await (await desk.ann.slash('report', { text: 'mine' })).answer();
    await desk.idle();
    expect(inChannel()).toEqual([]);
    expect(desk.discord.whispers(social, ANN)).toHaveLength(1);
    expect(words(desk.discord.whispers(social, ANN))).toContain('For you alone');
  });

  it('goes where the answer is for one person alone', async () => {
    onTheWay = shown(inChannel);
    await (await desk.ann.slash('report', { text: 'nonsense' })).answer();
    await desk.idle();
    expect(inChannel()).toEqual([]);
    expect(words(desk.discord.whispers(social, ANN))).toContain('There is no such report.');
  });

  it('is told beside what was pressed, which stays until the answer replaces it', async () => {
    const message = await asked();
    onTheWay = async (say) => {
      await shown(() => desk.discord.whispers(social, BOB))(say);
      expect(words(inChannel())).toContain('The week');
    };
    await (await desk.bob.press(message, 'Month')).answer();
    await desk.idle();
    expect(words(inChannel())).toContain('The month');
    expect(desk.discord.whispers(social, BOB)).toEqual([]);
  });

  it('is replaced by the answer where that is for whoever pressed alone', async () => {
    const message = await asked();
    onTheWay = shown(() => desk.discord.whispers(social, BOB));
    await (await desk.bob.press(message, 'Mine')).answer();
    await desk.idle();
    expect(desk.discord.whispers(social, BOB)).toHaveLength(1);
    expect(words(desk.discord.whispers(social, BOB))).toContain('For you alone');
    expect(words(inChannel())).toContain('The week');
  });

  it('is told under a mention, and replaced by the answer', async () => {
    onTheWay = shown(inChannel);
    await desk.ann.say(`${mention} /report`);
    await desk.discord.waitFor('PATCH /channels/:channel/messages/:message');
    await desk.idle();
    expect(inChannel().filter(({ author }) => author.id !== ANN.id)).toHaveLength(1);
    expect(words(inChannel())).toContain('The week');
  });
});
