// What a run is measured by: when each job ran, and when the last one was off the books. Units are milliseconds.

/** What one contender is given to do. */
export interface Load {
  /** URL of an empty database of the contender's own. */
  url: string;
  deliveries: number;
  /** The one instant at which all of them are due. Epoch milliseconds. */
  dueAt: number;
  /** The work of one job: the same for everybody. @param at when it was done in another process, epoch milliseconds */
  publish: (at?: number) => void;
}

/** A contender that has its jobs in the database and is waiting for the instant. */
export interface Ready {
  /** Whether a job is left that the database does not know as done. */
  isWorkLeft: () => Promise<boolean>;
  close: () => Promise<void>;
}

export interface Contender {
  name: string;
  /** Said in the output. */
  settings: string;
  /** More than so many it is not given; its drain is a rate all the same. */
  most?: number;
  /** Stores the jobs and starts the workers; must be done before `dueAt`. */
  prepare: (load: Load) => Promise<Ready>;
}

export interface Figures {
  drainPerSecond: number;
  latenessP50: number;
  latenessP99: number;
}

/** Counts what was published, and resolves when all was. */
export function recorder(expected: number): { publish: Load['publish']; all: Promise<number[]> } {
  const moments: number[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<number[]>();
  const publish = (at = Date.now()): void => {
    moments.push(at);
    if (moments.length === expected) resolve(moments);
    if (moments.length > expected) reject(new Error('something was published twice'));
  };
  return { publish, all: promise };
}

/** Between the first publish and the last outcome that is in the database; lateness is each publish against the due instant. */
export function figuresOf(moments: readonly number[], dueAt: number, doneAt: number): Figures {
  const lateness = moments.map((moment) => moment - dueAt);
  const early = lateness.filter((each) => each < 0).length;
  if (early > 0) throw new Error(`${early} were published before they were due`);
  return {
    drainPerSecond: (moments.length / (doneAt - Math.min(...moments))) * 1_000,
    latenessP50: percentile(lateness, 50),
    latenessP99: percentile(lateness, 99),
  };
}

/** Nearest rank: a value that was really measured. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}

/** The figures in the middle, each by itself, and how far the drain went apart. */
export function summarize(rounds: readonly Figures[]): Figures & { slowest: number; fastest: number } {
  const drains = rounds.map((each) => each.drainPerSecond);
  const middle = (of: (figures: Figures) => number): number => percentile(rounds.map(of), 50);
  return {
    drainPerSecond: middle((each) => each.drainPerSecond),
    latenessP50: middle((each) => each.latenessP50),
    latenessP99: middle((each) => each.latenessP99),
    slowest: Math.min(...drains),
    fastest: Math.max(...drains),
  };
}
