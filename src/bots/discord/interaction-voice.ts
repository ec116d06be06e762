// Answers to an interaction. Discord wants a first answer within three seconds and takes further ones for fifteen minutes; what comes
// later is said by ordinary messages. Who sees the first answer is decided by it, so that a short while is waited for what it will be.
import type { REST } from 'discord.js';
import type { Log } from '../../core/ports.ts';
import type { Pause } from '../telling.ts';
import { openAside } from './aside.ts';
import { persist } from './persist.ts';
import { openProgress } from './progress.ts';
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
  pause: Pause;
}

/** `thinking`: Discord shows that it takes longer, to all or to one. `spent`: it takes no answer here any more. */
type State = 'open' | 'thinking, all' | 'thinking, one' | 'said' | 'spent';
type Whom = 'all' | 'one';

const THINKING = { message: 'thinking, all', 'private message': 'thinking, one', update: 'said' } as const;

export function openInteractionVoice(options: InteractionVoiceOptions): Voice {
  const { rest, log, asked, userId, channel, message: used, later, isAmongTwo, takesModal, pause } = options;
  const wire = openWire(rest, asked);
  const hides = (whom: Whom): boolean => whom === 'one' && !isAmongTwo;
  let state: State = 'open';
  let deferring: Promise<void> = Promise.resolve();
  /** Whether what is said on the way is. */
  let isForOne = false;
  const aside = openAside(wire, hides('one'), log);

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

  /** As what is most likely, unless it is known to be for one person alone. */
  async function defer(whom: Whom = 'all'): Promise<void> {
    if (state !== 'open') return;
    const expected = whom === 'one' && later === 'message' ? 'private message' : later;
    const how = expected === 'private message' && isAmongTwo ? 'message' : expected;
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

  const further = async (message: DiscordMessage, whom: Whom): Promise<string> =>
    (whom === 'one' ? await aside.becomes(message) : null) ?? wire.follow(message, hides(whom));

  const byToken = (message: DiscordMessage, whom: Whom): Promise<string> => {
    if (state === 'open')
      return first(
        () => wire.reply(message, hides(whom)),
        () => editOrFollow(message, whom),
      );
    return state === 'said' ? further(message, whom) : afterThinking(message, whom);
  };

  async function showProgress(message: DiscordMessage): Promise<void> {
    await defer(isForOne ? 'one' : 'all');
    await deferring;
    if (state === 'spent' || state === 'open' || (state === 'thinking, all' && isForOne && !isAmongTwo)) return;
    await (state === 'said' ? aside.show(message) : wire.edit(message));
  }
  const progress = openProgress({ show: showProgress, pause, log });

  /** Nothing else is on its way to Discord any more. */
  async function quiet(): Promise<void> {
    await progress.end();
    await deferring;
  }

  const byMessage = (message: DiscordMessage, whom: Whom): Promise<Said> =>
    hides(whom) ? sayDirectly(rest, userId, message) : sayInChannel(rest, { channel, userId }, message);

  async function say(message: DiscordMessage, whom: Whom): Promise<Said> {
    await quiet();
    if (state === 'spent') return byMessage(message, whom);
    try {
      return { channel, id: await byToken(message, whom) };
    } catch (error) {
      if (!isTooLate(error)) throw error;
      state = 'spent';
      return byMessage(message, whom);
    }
  }

  async function replace(message: DiscordMessage): Promise<void> {
    await quiet();
    if (state === 'spent') return replaceLate(message);
    const anew = async (): Promise<void> => void (await wire.edit(message));
    try {
      await (state === 'open' ? first(() => wire.update(message), anew) : anew());
    } catch (error) {
      if (!isTooLate(error)) throw error;
      state = 'spent';
      await replaceLate(message);
    }
  }

  async function replaceLate(message: DiscordMessage): Promise<void> {
    if (used === null || used.ephemeral) await say(message, 'one');
    else await edit(rest, channel, used.id, message);
  }

  return {
    defer: () => defer(),
    progress(message, whom) {
      isForOne = whom === 'one';
      progress.say(message);
    },
    async toAll(messages) {
      const spot = await sayAll(messages, (message) => say(message, 'all'));
      await aside.clear();
      return spot;
    },
    toOne: async (messages) => void (await sayAll(messages, (message) => say(message, 'one'))),
    async replace(message) {
      await replace(message);
      await aside.clear();
    },
    async dismiss() {
      await defer();
      await quiet();
      if (state === 'spent') return;
      try {
        await wire.deleteFirst();
      } catch (error) {
        if (!isMessageGone(error) && !isTooLate(error)) throw error;
      }
    },
    async showModal(modal) {
      await quiet();
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

const MOMENT = inShort({ tone: 'plain', lines: ['One moment.'] });
