// The one clock of all processes: the time of the database's machine, whatever the clock of this machine does. Every claim and every
// lease is judged by it (docs/decisions/021). The log's own timestamps stay this machine's.
import { uptime } from 'node:os';
import type { Pool } from 'pg';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/ports.ts';

export interface DatabaseClock extends Clock {
  /** Compares this machine's clock with the database's. Never fails: while the database is away, the last comparison holds. */
  measure: () => Promise<void>;
}

/** What a machine knows of the time. Milliseconds. */
export interface MachineClocks {
  /** Since 1970, as the machine believes. People and NTP set it. */
  wall: () => number;
  /** Set by nobody; on Linux it stands still while the machine sleeps. */
  monotonic: () => number;
  /** Set by nobody, and counts sleep too; whole hundredths of a second on Linux. */
  sinceBoot: () => number;
}

const MACHINE: MachineClocks = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  sinceBoot: () => uptime() * 1_000,
};

/** Wall and monotonic clock this far apart since the last look: one of them did not tell the time that passed. Milliseconds. */
const JUMP_MS = 1_000;
/** A smaller difference is not worth a second time in one house. Milliseconds. */
const SAME_MS = 250;
/** From here on whoever runs the machine is told. Milliseconds. */
const FAR_MS = 5_000;
const SAMPLES = 3;
const ASK = 'select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms';

type Reading = Record<keyof MachineClocks, number>;

interface Sample {
  /** This machine's clocks when it asked. */
  asked: Reading;
  /** To add to this machine's clock. */
  offset: number;
  roundTrip: number;
}

/**
 * Whole milliseconds. Between two comparisons it follows this machine's clock for as long as that goes on evenly.
 * @throws what the database throws where it does not answer the first comparison
 */
export async function openDatabaseClock(
  pool: Pick<Pool, 'connect'>,
  log: Log,
  clocks: MachineClocks = MACHINE,
): Promise<DatabaseClock> {
  let anchor = read(clocks);
  let offset = 0;
  let isFar = false;
  /** The last comparison failed. */
  let isUnknown = false;
  let comparing: Promise<void> | null = null;

  async function compare(): Promise<void> {
    const { asked, offset: found, roundTrip } = await bestSample(pool, clocks);
    anchor = asked;
    // what lies within the round trip is no difference that was seen
    if (Math.abs(found - offset) > roundTrip / 2) offset = Math.abs(found) < SAME_MS ? 0 : Math.round(found);
    tellIfFar();
  }

  function tellIfFar(): void {
    if (Math.abs(offset) > FAR_MS === isFar) return;
    isFar = !isFar;
    if (isFar) log.warn({ offsetMs: offset }, sayFar(offset));
    else log.info({ offsetMs: offset }, 'the clock of this machine agrees with the database’s again');
  }

  function measure(): Promise<void> {
    comparing ??= compare()
      .then(
        () => {
          isUnknown = false;
        },
        (error) => {
          const say = isUnknown ? log.debug : log.warn;
          say.call(log, { err: error }, 'the time could not be compared with the database’s; the last comparison holds');
          isUnknown = true;
        },
      )
      .finally(() => {
        comparing = null;
      });
    return comparing;
  }

  /** Goes on by what cannot be set, and asks the database. A machine that slept has a wall clock that is right. */
  function jump(): void {
    const reading = read(clocks);
    const passed = Math.max(reading.monotonic - anchor.monotonic, reading.sinceBoot - anchor.sinceBoot);
    const set = reading.wall - anchor.wall - passed;
    if (Math.abs(set) > JUMP_MS) offset = Math.round(offset - set);
    anchor = reading;
    log.info({ setMs: Math.round(set) }, 'the clock of this machine was set, or the machine slept: the time is compared anew');
    void measure();
  }

  await compare();
  return {
    measure,
    now: () => {
      const apart = clocks.wall() - anchor.wall - (clocks.monotonic() - anchor.monotonic);
      if (Math.abs(apart) > JUMP_MS) jump();
      return Temporal.Instant.fromEpochMilliseconds(Math.round(clocks.wall()) + offset);
    },
  };
}

function sayFar(offset: number): string {
  const far = `${Math.round(Math.abs(offset) / 1_000)} s ${offset < 0 ? 'ahead of' : 'behind'} the database’s`;
  return `the clock of this machine is ${far}, and Crier goes by the database’s. Set both by NTP (timedatectl set-ntp true)`;
}

const read = (clocks: MachineClocks): Reading => ({
  wall: clocks.wall(),
  monotonic: clocks.monotonic(),
  sinceBoot: clocks.sinceBoot(),
});

/** The one with the shortest round trip, as its middle is nearest to when the database answered. */
async function bestSample(pool: Pick<Pool, 'connect'>, clocks: MachineClocks): Promise<Sample> {
  const samples: Sample[] = [];
  const client = await pool.connect();
  try {
    for (let n = 0; n < SAMPLES; n++) {
      const asked = read(clocks);
      const { rows } = await client.query<{ ms: number }>(ASK);
      const roundTrip = clocks.monotonic() - asked.monotonic;
      samples.push({ asked, roundTrip, offset: Number(rows[0]?.ms) - (asked.wall + roundTrip / 2) });
    }
  } finally {
    client.release();
  }
  return samples.reduce((best, each) => (each.roundTrip < best.roundTrip ? each : best));
}
