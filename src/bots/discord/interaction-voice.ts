// Answers to an interaction. Discord wants a first answer within three seconds and takes further ones for fifteen minutes; what comes
// later is said by ordinary messages. Who sees the first answer is decided by it, so that a short while is waited for what it will be.
import type { REST } from 'discord.js';
import pRetry from 'p-retry';
import { CrierError } from '../../core/errors.ts';
import type { Log } from '../../core/ports.ts';
import { readFailure } from './failures.ts';
import { isAnswered, isMessageGone, isTooLate } from './refusals.ts';
import type { DiscordMessage } from './render.ts';
import { edit } from './sending.ts';
import { inShort, type Said, sayAll, sayDirectly, sayInChannel, type Voice } from './voice.ts';
import { type Asked, openWire } from './wire.ts';

export interface InteractionVoiceOptions {
  rest: REST;
  log: Log;
  asked: Asked;
  userId: string;
  channel: string;
  /** The message whose component was used. */
  message: { id: string; ephemeral: boolean } | null;
  /** What an answer that takes longer will most likely be. */
  later: 'message' | 'private message' | 'update';
  /** Whether nobody else reads along. Nothing needs to be hidden then, and what is hidden is gone with the next reload. */
  isAmongTwo: boolean;
  /** Whether Discord takes a form as the answer: not where a form was sent. */
  takesModal: boolean;
}

/** `thinking`: Discord shows that it takes longer, to all or to one. `spent`: it takes no answer here any more. */
type State = 'open' | 'thinking, all' | 'thinking, one' | 'said' | 'spent';
type Whom = 'all' | 'one';

const THINKING = { message: 'thinking, all', 'private message': 'thinking, one', update: 'said' } as const;

export function openInteractionVoice(options: InteractionVoiceOptions): Voice {
  const { rest, log, asked, userId, channel, message: used, later, isAmongTwo, takesModal } = options;
  const wire = openWire(rest, asked);
  const hides = (whom: Whom): boolean => whom === 'one' && !isAmongTwo;
  let state: State = 'open';
  let deferring: Promise<void> = Promise.resolve();

  /** The first answer. A try that Discord had taken before its answer was lost is made good by `again`. */
  async function first<T>(send: () => Promise<T>, again: () => Promise<T>): Promise<T> {
    state = 'said';
    try {
      return await persist(send);
    } catch (error) {
      if (isAnswered(error)) return persist(again);
      if (!isTooLate(error)) state = 'open';
      throw error;
    }
  }

  async function defer(): Promise<void> {
    if (state !== 'open') return;
    const how = later === 'private message' && isAmongTwo ? 'message' : later;
    deferring = first(
      () => wire.defer(how),
      async () => undefined,
    ).then(
      () => {
        state = THINKING[how];
      },
      (error: unknown) => {
        if (isTooLate(error)) state = 'spent';
        log.warn({ err: error, interaction: asked.id }, 'an interaction could not be told that it takes longer');
      },
    );
    await deferring;
  }

  /** "Thinking" is for all or for one as it began: the other kind of answer follows it, and it goes. */
  async function afterThinking(message: DiscordMessage, whom: Whom): Promise<string> {
    const isFitting = isAmongTwo || (state === 'thinking, one') === (whom === 'one');
    state = 'said';
    if (isFitting) return wire.edit(message);
    await wire.edit(MOMENT);
    const id = await wire.follow(message, hides(whom));
    await wire.deleteFirst();
    return id;
  }

  /** What was answered already is our own answer, or a message that is gone. */
  async function editOrFollow(message: DiscordMessage, whom: Whom): Promise<string> {
    try {
      return await wire.edit(message);
    } catch (error) {
      if (!isMessageGone(error)) throw error;
      return wire.follow(message, hides(whom));
    }
  }

  const byToken = (message: DiscordMessage, whom: Whom): Promise<string> => {
    if (state === 'open')
      return first(
        () => wire.reply(message, hides(whom)),
        () => editOrFollow(message, whom),
      );
    return state === 'said' ? wire.follow(message, hides(whom)) : afterThinking(message, whom);
  };

  const byMessage = (message: DiscordMessage, whom: Whom): Promise<Said> =>
    hides(whom) ? sayDirectly(rest, userId, message) : sayInChannel(rest, { channel, userId }, message);

  async function say(message: DiscordMessage, whom: Whom): Promise<Said> {
    await deferring;
    if (state === 'spent') return byMessage(message, whom);
    try {
      return { channel, id: await byToken(message, whom) };
    } catch (error) {
      if (!isTooLate(error)) throw error;
      state = 'spent';
      return byMessage(message, whom);
    }
  }

  async function replaceLate(message: DiscordMessage): Promise<void> {
    if (used === null || used.ephemeral) await say(message, 'one');
    else await edit(rest, channel, used.id, message);
  }

  return {
    defer,
    toAll: (messages) => sayAll(messages, (message) => say(message, 'all')),
    toOne: async (messages) => void (await sayAll(messages, (message) => say(message, 'one'))),
    async replace(message) {
      await deferring;
      if (state === 'spent') return replaceLate(message);
      const anew = async (): Promise<void> => void (await wire.edit(message));
      try {
        await (state === 'open' ? first(() => wire.update(message), anew) : anew());
      } catch (error) {
        if (!isTooLate(error)) throw error;
        state = 'spent';
        await replaceLate(message);
      }
    },
    async dismiss() {
      await defer();
      await deferring;
      if (state === 'spent') return;
      try {
        await wire.deleteFirst();
      } catch (error) {
        if (!isMessageGone(error) && !isTooLate(error)) throw error;
      }
    },
    async showModal(modal) {
      await deferring;
      if (state !== 'open' || !takesModal) return false;
      try {
        await first(
          () => wire.showModal(modal),
          async () => undefined,
        );
        return true;
      } catch (error) {
        if (!isTooLate(error)) throw error;
        state = 'spent';
        return false;
      }
    },
  };
}

/** What broke off on the way: discord.js itself tries again only what it gave up waiting for. */
const persist = <T>(send: () => Promise<T>): Promise<T> =>
  pRetry(send, { retries: 2, minTimeout: RETRY_AFTER_MS, shouldRetry: ({ error }) => isBrokenOff(error) });

const RETRY_AFTER_MS = 100;

function isBrokenOff(error: unknown): boolean {
  const failure = readFailure(error);
  return failure instanceof CrierError && (failure.kind === 'outcome-unknown' || failure.kind === 'unavailable');
}

const MOMENT = inShort({ tone: 'plain', lines: ['One moment.'] });
