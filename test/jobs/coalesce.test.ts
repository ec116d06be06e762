// One run at a time, and whoever asks meanwhile gets a run that begins after the asking.
import { describe, expect, it } from 'vitest';
import { coalesce } from '../../src/jobs/coalesce.ts';

describe('coalesced runs', () => {
  it('are one at a time, with one more for all who asked meanwhile', async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let runs = 0;
    const ask = coalesce(async () => {
      await gates[runs++]?.promise;
    });
    const first = ask();
    const meanwhile = [ask(), ask(), ask()];
    expect(runs).toBe(1);
    gates[0]?.resolve();
    await first;
    gates[1]?.resolve();
    await Promise.all(meanwhile);
    expect(runs).toBe(2);
  });

  it('tell a failure to its own asker only', async () => {
    let runs = 0;
    const ask = coalesce(async () => {
      runs += 1;
      if (runs === 1) throw new Error('broken');
    });
    const [first, second] = await Promise.allSettled([ask(), ask()]);
    expect([first?.status, second?.status]).toEqual(['rejected', 'fulfilled']);
    await ask();
    expect(runs).toBe(3);
  });
});
