// Makes the next post of every series whose newest one is settled. Each settlement asks for that too; this is what was missed.
import { counted } from '../../core/words.ts';
import type { RecurringJob } from './recurring-job.ts';

export const recurrence: RecurringJob = {
  name: 'recurrence',
  summary: 'Makes the next post of what recurs',
  everyMs: 60_000,
  run: async ({ makeNext }) => `made ${counted(await makeNext(), 'occurrence')}`,
};
