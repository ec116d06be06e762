// Once a minute, in every worker: whatever is due is claimed, whoever forgot to wake. It needs no Agenda and no MongoDB, so a
// lost wake-up costs a minute at most and never a post.
import type { Log } from '../core/ports.ts';
import { type Repetition, repeat } from './repeat.ts';

export const SWEEP_EVERY_MS = 60_000;

export const startSweep = (run: () => Promise<void>, log: Log): Repetition =>
  repeat(run, { everyMs: SWEEP_EVERY_MS, log, failing: 'the sweep failed and will be tried again' });
