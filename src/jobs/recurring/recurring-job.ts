// A recurring job as it is declared: one object. What it needs is handed to it when it runs.
import type { FiguresPlan } from '../../core/figures-store.ts';
import type { Deps } from '../../core/ports.ts';
import type { RefreshDeps } from '../../core/usecases/refresh-account.ts';
import type { Job } from '../job.ts';

export interface RecurringDeps extends RefreshDeps, Pick<Deps, 'mediaStore'> {
  /** Makes the next of everything that recurs; returns how many it made. */
  makeNext: () => Promise<number>;
  /** Days for which a copied file is kept after the last post that uses it is over. */
  keepDays: number;
  /** When figures are read. */
  figures: FiguresPlan;
  /** Clears away wake-ups that are over and that Agenda did not remove itself. Returns how many there were. */
  tidyWakeUps: () => Promise<number>;
}

export interface RecurringJob extends Omit<Job, 'run'> {
  run: (deps: RecurringDeps) => Promise<string>;
}
