// The people of a trial: they schedule, and some of them change their mind. They remember what Crier told them.
import { CrierError } from '../../src/core/errors.ts';
import { cancelPost } from '../../src/core/usecases/cancel-post.ts';
import { movePost } from '../../src/core/usecases/move-post.ts';
import { schedulePost } from '../../src/core/usecases/schedule-post.ts';
import type { Actor } from '../../src/core/workspace.ts';
import type { Random } from './random.ts';
import type { Wanted } from './verdict.ts';
import { type ChatDeps, clock, type Seat } from './world.ts';

export interface People {
  /** Schedules so many posts, due between so many milliseconds from now. */
  schedule: (count: number, dueIn: { from: number; until: number }) => Promise<void>;
  /** Moves or cancels a post that is not out yet, where there is one. */
  changeTheirMind: () => Promise<void>;
  /** What there is to be at the end. */
  wanted: readonly Wanted[];
  moved: () => number;
  canceled: () => number;
}

interface Remembered extends Wanted {
  actor: Actor;
  number: number;
}

/** Milliseconds. A time that is this near may be past before it is asked for. */
const SOONEST = 1_500;

export function openPeople(deps: ChatDeps, seats: readonly Seat[], random: Random): People {
  const wanted: Remembered[] = [];
  let moves = 0;
  let cancels = 0;

  async function scheduleOne(inMs: number): Promise<void> {
    const { actor, accounts } = random.pick(seats);
    const account = random.pick(accounts);
    const at = inBerlin(inMs);
    const text = `Post ${wanted.length + 1}`;
    const remembered = {
      text,
      accountId: account.remoteId,
      isCanceled: false,
      notBefore: at.epochMilliseconds,
      actor,
      number: 0,
    };
    wanted.push(remembered);
    const {
      details: { post },
    } = await schedulePost(deps, actor, {
      text,
      at,
      targets: `${account.platform}/${account.handle}`,
      media: [],
      campaign: null,
      origin: { chat: 'terminal', channel: 'here', message: null },
    });
    remembered.number = post.number;
  }

  async function move(post: Remembered): Promise<void> {
    const at = inBerlin(random.between(SOONEST, 20_000));
    const { notes } = await movePost(deps, post.actor, { number: post.number, at });
    // a note says that an earlier try may have got through
    post.notBefore = notes.length === 0 ? at.epochMilliseconds : null;
    moves += 1;
  }

  async function cancel(post: Remembered): Promise<void> {
    const { notes } = await cancelPost(deps, post.actor, post.number);
    post.isCanceled = notes.length === 0;
    cancels += 1;
  }

  return {
    wanted,
    moved: () => moves,
    canceled: () => cancels,
    schedule: async (count, { from, until }) => {
      for (let n = 0; n < count; n += 1) await scheduleOne(random.between(from, until));
    },
    changeTheirMind: async () => {
      const now = Date.now();
      const open = wanted.filter(({ isCanceled, notBefore }) => !isCanceled && notBefore !== null && notBefore > now - 2_000);
      if (open.length === 0) return;
      const post = random.pick(open);
      try {
        await (random.chance(0.8) ? move(post) : cancel(post));
      } catch (error) {
        // it is going out, or is out: they were told so
        if (!(error instanceof CrierError && error.kind === 'invalid-input')) throw error;
      }
    },
  };
}

const inBerlin = (inMs: number): Temporal.ZonedDateTime =>
  clock.now().add({ milliseconds: inMs }).toZonedDateTimeISO('Europe/Berlin');
