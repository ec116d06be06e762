// A workbench with digests: its channel keeps what was said in it, and the clock goes to a wall time of the workspace.
import { readCadence } from '../../src/core/cadence-words.ts';
import type { Digest, DigestContent } from '../../src/core/digest.ts';
import type { Store } from '../../src/core/store.ts';
import { addDigest } from '../../src/core/usecases/manage-digests.ts';
import { type DigestTeller, type TellDigestsDeps, tellDigests, type Unfinished } from '../../src/core/usecases/tell-digests.ts';
import type { Actor } from '../../src/core/workspace.ts';
import { ENTRANCE, openWorkbench, type Workbench } from './workbench.ts';

export interface ToldDigest {
  name: string;
  channel: string;
  /** On the workspace's clock, `2026-11-23 09:00`. */
  at: string;
  dueAt: Temporal.Instant;
  content: DigestContent;
}

export interface DigestBench extends Workbench {
  deps: TellDigestsDeps;
  /** All that was said in channels, by any process. */
  told: ToldDigest[];
  /** What whoever asked for a digest was told about it. */
  toMaker: { to: string; because: string }[];
  /** `daily 9am` in the channel `here`. */
  add: (words?: string, channel?: string) => Promise<Digest>;
  /** Tells what is due, as the process of this bench does, or as another one with a memory of its own. Gives what it said. */
  tell: (process?: {
    teller?: Partial<DigestTeller>;
    store?: Partial<Store>;
    unfinished?: Map<string, Unfinished>;
  }) => Promise<ToldDigest[]>;
  /** To a wall time of the workspace's zone that is to come, `2026-11-23T09:00`. */
  goTo: (wallTime: string) => void;
  list: () => Promise<Digest[]>;
}

/** @param timeZone of the workspace */
export async function openDigestBench(timeZone = 'Europe/Berlin'): Promise<DigestBench> {
  const bench = await openWorkbench();
  const { clock, store, log, platforms } = bench;
  await store.workspaces.change(bench.actor, { timeZone });
  const actor: Actor = await store.workspaces.enter(ENTRANCE);
  const deps: TellDigestsDeps = { clock, store, log, platforms };
  const told: ToldDigest[] = [];
  const toMaker: DigestBench['toMaker'] = [];
  const own = new Map<string, Unfinished>();

  function tellerInto(said: ToldDigest[]): DigestTeller {
    return {
      name: 'terminal',
      tell: async ({ digest, workspace }, content) => {
        const now = clock.now().toZonedDateTimeISO(workspace.timeZone).toPlainDateTime();
        const at = now.toString({ smallestUnit: 'minute' }).replace('T', ' ');
        said.push({ name: `D${digest.number}`, channel: digest.channel, at, dueAt: digest.dueAt, content });
        return 'said';
      },
      tellMaker: async ({ maker }, because) => void toMaker.push({ to: maker.member.userId, because }),
    };
  }

  return {
    ...bench,
    actor,
    deps,
    told,
    toMaker,
    add: (words = 'daily 9am', channel = 'here') =>
      addDigest(deps, actor, { channel, cadence: readCadence(words, actor.workspace) }),
    tell: async ({ teller = {}, store: parts = {}, unfinished = own } = {}) => {
      const said: ToldDigest[] = [];
      await tellDigests({ ...deps, store: { ...store, ...parts } }, [{ ...tellerInto(said), ...teller }], unfinished);
      told.push(...said);
      return said;
    },
    goTo: (wallTime) => {
      const at = Temporal.PlainDateTime.from(wallTime).toZonedDateTime(timeZone).toInstant();
      clock.forward(at.since(clock.now()));
    },
    list: () => store.digests.list(actor.workspace.id),
  };
}
