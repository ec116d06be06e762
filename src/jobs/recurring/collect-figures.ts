// Reads how accounts do, and how posts did some hours, days and weeks after they went out.
import { collectFigures as collect } from '../../core/usecases/collect-figures.ts';
import { counted } from '../../core/words.ts';
import type { RecurringJob } from './recurring-job.ts';

export const collectFigures: RecurringJob = {
  name: 'collect figures',
  summary: 'Reads how posts and accounts do on their networks',
  everyMs: 300_000,
  run: async (deps) => {
    const { posts, accounts, failed } = await collect(deps, deps.figures);
    const done = `looked at ${counted(posts, 'post')} and ${counted(accounts, 'account')}`;
    return failed > 0 ? `${done}, and ${counted(failed, 'account')} could not be asked` : done;
  },
};
