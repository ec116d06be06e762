// Every recurring job there is. Adding one is a file beside this one and a line here.
import type { Job } from '../job.ts';
import { collectFigures } from './collect-figures.ts';
import { mediaCleanUp } from './media-clean-up.ts';
import { recurrence } from './recurrence.ts';
import type { RecurringDeps, RecurringJob } from './recurring-job.ts';
import { refreshTokens } from './refresh-tokens.ts';
import { thinFigures } from './thin-figures.ts';
import { tidy } from './tidy.ts';

export const RECURRING_JOBS: readonly RecurringJob[] = [
  recurrence,
  refreshTokens,
  collectFigures,
  thinFigures,
  mediaCleanUp,
  tidy,
];

export const recurringJobs = (deps: RecurringDeps): Job[] => RECURRING_JOBS.map((job) => ({ ...job, run: () => job.run(deps) }));
