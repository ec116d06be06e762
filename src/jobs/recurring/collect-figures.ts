// Reads how posts did, some hours, days and weeks after they went out.
import { collectFigures as collect } from '../../core/usecases/collect-figures.ts';
import { counted } from '../../core/words.ts';
import type { RecurringJob } from './recurring-job.ts';

export const collectFigures: RecurringJob = {
  name: 'collect figures',
  summary: 'Reads how posts did on their networks',
  everyMs: 600_000,
  run: async (deps) => {
    const { posts, failed } = await collect(deps);
    const done = `looked at ${counted(posts, 'post')}`;
    return failed > 0 ? `${done}, and ${counted(failed, 'account')} could not be asked` : done;
  },
};
