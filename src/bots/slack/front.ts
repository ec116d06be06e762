// What every way into Crier from Slack shares: the parts they are handed, and meeting whoever asks, once per request.
import type { Deps } from '../../core/ports.ts';
import type { Entrance } from '../../core/store.ts';
import type { Actor } from '../../core/workspace.ts';
import type { Background } from '../background.ts';
import type { Call } from '../command.ts';
import type { Reply } from '../reply.ts';
import type { Commands } from '../run.ts';
import type { Entrances } from './entrance.ts';
import type { KeptForms } from './form-keep.ts';
import type { LiveForms } from './form-live.ts';
import type { Outbox } from './outbox.ts';
import type { Pause } from './outbox-patience.ts';
import type { Place } from './place.ts';
import { type Listener, sayPrivately } from './privately.ts';
import { isDeadToken } from './refusals.ts';
import { handleRemoval } from './removal.ts';
import type { TeamAccess, Teams } from './teams.ts';

export interface Front {
  commands: Commands;
  deps: Deps;
  teams: Teams;
  outbox: Outbox;
  background: Background;
  entrances: Entrances;
  keptForms: KeptForms;
  liveForms: LiveForms;
  enter: (entrance: Entrance) => Promise<Actor>;
  /** A call of the Web API that may be made twice and can wait where Slack asks to. */
  call: <T>(work: () => Promise<T>) => Promise<T>;
  /** Waits that many milliseconds; rejects when the signal aborts. */
  pause: Pause;
  /** How long a sent form may wait for its answer before it closes, milliseconds. */
  submitWaitMs: number;
  /** Where Slack's API lies, for knowing its files from others'; null is Slack's own. */
  apiUrl: string | null;
}

/** Somebody who asks, and the access to their team. */
export interface Meeting {
  access: TeamAccess;
  actor: Actor;
  userId: string;
}

export interface Request {
  teamId: string;
  userId: string;
  /** The same in every delivery of one request: an event's id, a trigger's. */
  key: string;
}

/** Null where this request was taken already, or a bot asks. @throws CrierError `not-found` where Crier is not installed. */
export async function meetOnce(front: Front, { teamId, userId, key }: Request): Promise<Meeting | null> {
  if (!(await front.deps.store.isFirst(`slack/${teamId}/${key}`))) return null;
  return meet(front, teamId, userId);
}

/** Null for a bot. */
export async function meet(front: Front, teamId: string, userId: string): Promise<Meeting | null> {
  const access = await front.teams.access(teamId);
  const entrance = userId === access.botUserId ? null : await front.entrances.of(access, userId);
  return entrance && { access, actor: await front.enter(entrance), userId };
}

/** The message is not known before a card is sent, so a new post's thread is told by `posts.setOrigin`. */
export const callOf = (front: Front, { actor }: Pick<Meeting, 'actor'>, { channel }: Place, files?: Call['files']): Call => ({
  actor,
  deps: front.deps,
  origin: { chat: 'slack', channel, message: null },
  ...(files === undefined ? {} : { files }),
});

/**
 * Begins work that somebody asked for. What it throws is told to them as a sentence, where there is a place for that; a token that
 * Slack refuses means that Crier was removed.
 */
export function take(front: Front, name: string, to: Listener, place: Place | null, work: () => Promise<void>): void {
  const tell = place === null ? undefined : (reply: Reply) => sayPrivately(front, to, place, reply);
  front.background.run(name, () => unlessRemoved(front, to.teamId, work), tell);
}

async function unlessRemoved(front: Front, teamId: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isDeadToken(error)) await handleRemoval({ ...front.deps, teams: front.teams }, teamId, 'refused');
    throw error;
  }
}
