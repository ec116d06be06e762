// What every way into Crier from Discord shares: the parts they are handed, and how a request is taken: once, within Discord's three
// seconds, and with an answer whatever becomes of it.
import type { Guild, REST } from 'discord.js';
import type { Deps } from '../../core/ports.ts';
import type { Entrance } from '../../core/store.ts';
import type { Actor } from '../../core/workspace.ts';
import type { Background } from '../background.ts';
import type { Call } from '../command.ts';
import type { Commands } from '../run.ts';
import type { Pause } from '../telling.ts';
import type { KeptForm } from './form-open.ts';
import { meet, type Who } from './home.ts';
import type { Kept } from './kept.ts';
import type { Ask } from './place.ts';
import type { Question } from './questions.ts';
import { renderReply } from './render.ts';
import type { Seen } from './seen.ts';
import { renderFor } from './stamp.ts';
import type { Voice } from './voice.ts';

export interface Front {
  commands: Commands;
  deps: Deps;
  rest: REST;
  /** As far as Discord has told of it. */
  guildOf: (id: string | null) => Guild | null;
  background: Background;
  forms: Kept<KeptForm>;
  questions: Kept<Question>;
  seen: Seen;
  enter: (entrance: Entrance) => Promise<Actor>;
  /** Of servers seen for the first time. */
  timeZone: string;
  /** How long an answer is waited for before Discord is told that it takes longer, milliseconds. */
  patienceMs: number;
  /** Between two words on how far something is. */
  pause: Pause;
}

export interface Request {
  /** The id of the interaction or message: the same in every delivery. */
  id: string;
  /** For the log. */
  name: string;
  who: Who;
  voice: Voice;
}

export type Work = (actor: Actor, voice: Voice) => Promise<void>;

/**
 * Begins what somebody asked for, unless it was begun before: gateways repeat what was under way when they broke off. What it throws is
 * told to the person as a sentence.
 */
export function take(front: Front, request: Request, work: Work): void {
  const { id, voice, who, name } = request;
  answerInTime(front, request, async () => {
    if (!(await front.deps.store.isFirst(`discord/${id}`))) return;
    const actor = await meet(front, { who, voice, name }, work);
    if (actor) await work(actor, voice);
  });
}

/** The same for what needs no database and nobody's name: refusing a secret. */
export function answerInTime(front: Front, { id, name, voice }: Omit<Request, 'who'>, work: () => Promise<void>): void {
  if (!front.seen.isNew(id)) return;
  const waiting = setTimeout(() => front.background.run(name, voice.defer), front.patienceMs);
  const inTime = async (): Promise<void> => {
    try {
      await work();
    } finally {
      clearTimeout(waiting);
    }
  };
  front.background.run(name, inTime, (reply) => voice.toOne(renderReply(reply)));
}

/** Who asked, where, and how they are answered. */
export type Asker = Pick<Ask, 'actor' | 'place' | 'voice' | 'files'>;

/** The message is not known before a card is shown, so a new post's thread is told by `posts.setOrigin`. */
export const callOf = ({ deps }: Front, { actor, place, voice, files = [] }: Asker): Call => ({
  actor,
  deps,
  origin: { chat: 'discord', channel: place.channel, message: null },
  progress: async (reply) => {
    const [message] = renderFor(actor.workspace.teamId, reply);
    if (message) voice.progress(message, reply.private ? 'one' : 'all');
  },
  ...(files.length > 0 ? { files } : {}),
});
