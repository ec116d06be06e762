// Checks of what a process relies on: that they cost little however many ask, and what is written down of them.
import { describe, expect, it } from 'vitest';
import { type Check, openChecks } from '../../src/web/checks.ts';
import { keptLog } from '../support/log.ts';
import { steadyAt } from './open-web.ts';

function counting(name: string, run: () => Promise<void> = async () => {}): { check: Check; runs: () => number } {
  let runs = 0;
  const check: Check = {
    name,
    isNeeded: true,
    run: () => {
      runs += 1;
      return run();
    },
  };
  return { check, runs: () => runs };
}

describe('checks', () => {
  it('run once for all who ask within a second, and again after that', async () => {
    const clock = steadyAt();
    const { check, runs } = counting('database');
    const checks = openChecks([check], keptLog(), clock.now);
    await Promise.all(Array.from({ length: 50 }, checks.run));
    clock.forward(999);
    await checks.run();
    expect(runs()).toBe(1);
    clock.forward(1);
    await checks.run();
    expect(runs()).toBe(2);
  });

  it('are not begun anew while they are still waited for', async () => {
    const clock = steadyAt();
    const answer = Promise.withResolvers<void>();
    const { check, runs } = counting('database', () => answer.promise);
    const checks = openChecks([check], keptLog(), clock.now);
    const first = checks.run();
    clock.forward(1500);
    const second = checks.run();
    answer.resolve();
    expect(await second).toEqual(await first);
    expect(runs()).toBe(1);
  });

  it('are given up after two seconds', async () => {
    const { check } = counting('database', () => new Promise(() => {}));
    const begun = performance.now();
    expect(await openChecks([check], keptLog()).run()).toEqual([{ name: 'database', state: 'failing', isNeeded: true }]);
    expect(performance.now() - begun).toBeGreaterThan(1900);
  });

  it('write down when a part fails and when it works again, and not how often somebody asked meanwhile', async () => {
    const clock = steadyAt();
    const log = keptLog();
    let isAway = true;
    const { check } = counting('mongodb', () => (isAway ? Promise.reject(new Error('refused')) : Promise.resolve()));
    const { run } = openChecks([check], log, clock.now);
    for (const away of [true, true, true, false, false]) {
      isAway = away;
      await run();
      clock.forward(1000);
    }
    expect(log.lines.map(({ level, fields }) => ({ level, ...fields }))).toEqual([
      { level: 'warn', check: 'mongodb', isNeeded: true, err: new Error('refused') },
      { level: 'info', check: 'mongodb' },
    ]);
  });
});
