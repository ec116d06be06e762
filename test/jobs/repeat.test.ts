// What is done again and again: said once when it fails, and never left under way when it is stopped.
import { expect, it, vi } from 'vitest';
import { repeat } from '../../src/jobs/repeat.ts';
import { keptLog } from '../support/log.ts';

const failing = 'it failed';

it('stops when the run that is under way has ended', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const seen: string[] = [];
  const { stop } = repeat(() => promise.then(() => void seen.push('run ended')), { everyMs: 60_000, log: keptLog(), failing });
  const stopped = stop().then(() => seen.push('stopped'));
  resolve();
  await stopped;
  expect(seen).toEqual(['run ended', 'stopped']);
});

it('does not wait for ever for a run that hangs', { timeout: 10_000 }, async () => {
  const { stop } = repeat(() => new Promise(() => {}), { everyMs: 60_000, log: keptLog(), failing });
  await stop();
});

it('says once that it fails, and once that it works again', async () => {
  const log = keptLog();
  let runs = 0;
  const { stop } = repeat(
    async () => {
      runs += 1;
      if (runs < 4) throw new Error(`for the ${runs}. time`);
    },
    { everyMs: 5, log, failing },
  );
  await vi.waitFor(() => expect(runs).toBeGreaterThan(5));
  await stop();
  const said = log.lines.filter(({ level }) => level !== 'debug').map(({ level, message }) => `${level}: ${message}`);
  expect(said).toEqual(['warn: it failed', 'info: works again: it failed']);
});
