// Timers of this process for instants that are near: exact to the millisecond, and gone with the process. What must not be lost
// is in the database, and is set anew from there by the sweep.
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/ports.ts';

/** Node fires a longer timer at once. Agenda on a machine whose clock is a month ahead would ask for one. */
const LONGEST_MS = 2_147_483_647;

export interface Alarms {
  /** Rings once at each instant, at once for one gone by. An instant that is set already rings no second time. */
  set: (instants: readonly Temporal.Instant[]) => void;
  clear: () => void;
}

export function openAlarms({ clock, log, ring }: { clock: Clock; log: Log; ring: () => Promise<void> }): Alarms {
  const timers = new Map<number, NodeJS.Timeout>();

  function wait(at: number): void {
    const early = at - clock.now().epochMilliseconds;
    timers.set(
      at,
      setTimeout(() => fire(at), Math.min(Math.max(0, early), LONGEST_MS)),
    );
  }

  function fire(at: number): void {
    timers.delete(at);
    // a timer may fire a moment early, and what is due a millisecond later would wait for the sweep
    if (at > clock.now().epochMilliseconds) wait(at);
    else ring().catch((error) => log.warn({ err: error }, 'nothing could be claimed just now; the sweep will'));
  }

  return {
    set: (instants) => {
      for (const at of new Set(instants.map((instant) => instant.epochMilliseconds))) if (!timers.has(at)) wait(at);
    },
    clear: () => {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
