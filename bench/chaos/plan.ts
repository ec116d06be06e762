// What is done to the workers and to the servers behind them, one step after another: drawn from a seed before anything begins.
import { openRandom, type Random } from './random.ts';

/** `kill` is SIGKILL, `freeze` SIGSTOP and after a while SIGCONT, `restart` SIGTERM; a worker that ended is started again. */
export type WorkerStep = {
  kind: 'kill' | 'freeze' | 'restart';
  worker: number;
  /** How long it stays frozen, milliseconds; 0 for the other kinds. */
  forMs: number;
  /** Hit so many milliseconds from the step's beginning, so perhaps while it starts; null: once it is ready. */
  inMs: number | null;
};

/** `cut` breaks every connection and takes no new one, `hang` leaves them open and unanswered; both end by themselves. */
export type ServerStep = { kind: 'cut' | 'hang'; server: 'postgres' | 'mongo'; forMs: number };

/** @property pauseMs before the next step, in which posts go out */
export type Step = (WorkerStep | ServerStep) & { pauseMs: number };

export interface PlanOptions {
  seed: number;
  /** Steps that hit a worker; cuts of a server come on top. */
  kills: number;
  workers: number;
  /** Of the workers. A freeze is longer. Milliseconds. */
  leaseMs: number;
}

const KINDS = ['kill', 'kill', 'kill', 'kill', 'kill', 'freeze', 'restart', 'restart'] as const;
/** One step in so many is a cut. */
const CUT_EACH = 6;

export const isWorkerStep = (step: Step): step is WorkerStep & { pauseMs: number } => 'worker' in step;

export function planChaos({ seed, kills, workers, leaseMs }: PlanOptions): Step[] {
  const random = openRandom(seed);
  const steps: Step[] = [];
  let planned = 0;
  while (planned < kills) {
    const isCut = random.between(1, CUT_EACH) === 1;
    steps.push(isCut ? cut(random) : hit(random, workers, leaseMs));
    if (!isCut) planned += 1;
  }
  return steps;
}

function hit(random: Random, workers: number, leaseMs: number): Step {
  const kind = random.pick(KINDS);
  return {
    kind,
    worker: random.between(1, workers),
    forMs: kind === 'freeze' ? leaseMs + random.between(300, 2_500) : 0,
    inMs: kind !== 'freeze' && random.chance(0.1) ? random.between(100, 1_500) : null,
    pauseMs: random.between(100, 1_200),
  };
}

const cut = (random: Random): Step => ({
  kind: random.chance(0.7) ? 'cut' : 'hang',
  server: random.pick(['postgres', 'mongo']),
  forMs: random.between(300, 6_000),
  pauseMs: random.between(100, 600),
});
