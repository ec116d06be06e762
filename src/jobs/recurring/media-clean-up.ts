// Deletes copied files some weeks after the last post that used them.
import { cleanUpMedia } from '../../core/usecases/clean-up-media.ts';
import { counted } from '../../core/words.ts';
import type { RecurringJob } from './recurring-job.ts';

export const mediaCleanUp: RecurringJob = {
  name: 'media clean-up',
  summary: 'Deletes copied files that no post needs any more',
  everyMs: 3_600_000,
  run: async (deps) => {
    const { removed, failed } = await cleanUpMedia(deps, deps.keepDays);
    const done = `removed ${counted(removed, 'file')}`;
    if (failed > 0) throw new Error(`${done}, and ${failed} could not be deleted: the log says why`);
    return done;
  },
};
