// Clears away what is remembered for a while only.
import { counted } from '../../core/words.ts';
import type { RecurringJob } from './recurring-job.ts';

/** What a chat delivers twice, it delivers twice within the hour; and a process tells each minute that it is there. */
const REMEMBERED = { hours: 24 } as const;

export const tidy: RecurringJob = {
  name: 'tidy',
  summary: 'Forgets old events, processes that are gone and wake-ups that are over',
  everyMs: 3_600_000,
  run: async ({ clock, store, tidyWakeUps }) => {
    const before = clock.now().subtract(REMEMBERED);
    const events = await store.forgetSeen(before);
    const processes = await store.processes.forgetUnseen(before);
    const wakeUps = await tidyWakeUps();
    return `forgot ${counted(events, 'event')}, ${counted(processes, 'process', 'processes')} and ${counted(wakeUps, 'wake-up')}`;
  },
};
