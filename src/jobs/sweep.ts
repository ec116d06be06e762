// Once a minute, in every process: whatever is due is claimed, whoever forgot to wake. It needs no Agenda and no MongoDB, so a
// lost wake-up costs a minute at most and never a post.
import type { Log } from '../core/ports.ts';

export const SWEEP_EVERY_MS = 60_000;

export interface Sweep {
  stop: () => void;
}

/** Runs at once and then every `everyMs`. A run that fails is logged; the next one is the second try. */
export function startSweep(run: () => Promise<void>, log: Log, everyMs: number = SWEEP_EVERY_MS): Sweep {
  const sweep = (): void => {
    run().catch((error) => log.error({ err: error }, 'the sweep failed and will be tried again'));
  };
  sweep();
  const timer = setInterval(sweep, everyMs);
  return { stop: () => clearInterval(timer) };
}
