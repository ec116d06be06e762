// Tells the other processes that this one is there, and how what it relies on is: what /status and the checks of others read.
import { randomUUIDv7 } from 'node:crypto';
import { hostname } from 'node:os';
import type { PartState, ProcessReport } from '../core/operations.ts';
import { repeat } from '../jobs/repeat.ts';
import { type Foundation, type Opened, version } from './foundation.ts';

const EVERY_MS = 60_000;

/** From now on until it is closed. @param partStates by name */
export function reportPresence(
  { config: { role }, parts: { store }, clock, log }: Foundation,
  partStates: () => Promise<Record<string, PartState>>,
  opened: Opened,
): void {
  const me: Omit<ProcessReport, 'parts'> = {
    id: randomUUIDv7(),
    role,
    host: hostname(),
    pid: process.pid,
    version,
    startedAt: clock.now(),
  };
  const telling = repeat(async () => store.processes.tell({ ...me, parts: await partStates() }, clock.now()), {
    everyMs: EVERY_MS,
    log,
    failing: 'the other processes could not be told that this one is there',
  });
  opened.defer(async () => {
    // one that is under way would put it back on the list
    await telling.stop();
    // it is gone from the list in any case, some minutes later
    await store.processes
      .forget(me.id)
      .catch((error) => log.warn({ err: error }, 'the other processes could not be told that this one has ended'));
  });
}
