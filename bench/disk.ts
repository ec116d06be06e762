// How long this disk takes to keep a write for good. A post's way out has two commits in it, so nobody can be faster than that;
// on a shared machine it is the figure to read a lateness against.
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from './measure.ts';

const PAGE = Buffer.alloc(8_192);
/** Milliseconds between two probes: seldom enough to disturb nobody. */
const EVERY = 100;

export interface DiskProbe {
  /** Milliseconds of one synchronous write of a page, since the start. */
  stop: () => Promise<{ p50: number; p99: number }>;
}

export async function probeDisk(): Promise<DiskProbe> {
  const folder = await mkdtemp(join(tmpdir(), 'crier-bench-disk-'));
  const file = await open(join(folder, 'probe'), 'w');
  const times: number[] = [];
  let stopped = false;

  async function probe(): Promise<void> {
    while (!stopped) {
      const start = performance.now();
      await file.write(PAGE, 0, PAGE.length, 0);
      await file.datasync();
      times.push(performance.now() - start);
      await sleep(EVERY);
    }
  }

  const probing = probe();
  return {
    stop: async () => {
      stopped = true;
      await probing;
      await file.close();
      await rm(folder, { recursive: true });
      return { p50: Math.round(percentile(times, 50)), p99: Math.round(percentile(times, 99)) };
    },
  };
}
