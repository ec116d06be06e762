// Refreshes logins ahead of their end, and warns of those that only a person can renew.
import { refreshDue } from '../../core/usecases/refresh-account.ts';
import { counted } from '../../core/words.ts';
import type { RecurringJob } from './recurring-job.ts';

export const refreshTokens: RecurringJob = {
  name: 'refresh tokens',
  summary: 'Refreshes logins before they end, and warns of those it cannot refresh',
  everyMs: 60_000,
  run: async (deps) => {
    const warned = await deps.store.notices.warnOfEnds(deps.clock.now());
    const { refreshed, failed, dead } = await refreshDue(deps);
    const also = [
      ...(failed > 0 ? [`${failed} failed and are tried again`] : []),
      ...(dead > 0 ? [`${dead} are gone`] : []),
      ...(warned > 0 ? [`warned of ${counted(warned, 'end')}`] : []),
    ];
    return [`refreshed ${counted(refreshed, 'login')}`, ...also].join(', ');
  },
};
