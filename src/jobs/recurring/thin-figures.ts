// Makes old figures fewer: one look a day stays, and later one a month.
import { thinFigures as thin } from '../../core/usecases/thin-figures.ts';
import { counted } from '../../core/words.ts';
import type { RecurringJob } from './recurring-job.ts';

export const thinFigures: RecurringJob = {
  name: 'thin figures',
  summary: 'Keeps one look at figures a day after two weeks, and one a month after thirteen months',
  everyMs: 86_400_000,
  run: async (deps) => `removed ${counted(await thin(deps), 'snapshot')}`,
};
