// Several workers of Crier at once, which end with whoever started them.
import { startWorkerProcess, type WorkerProcess, type WorkerProcessOptions } from './worker-process.ts';

const UP_WITHIN = 60_000;

/** Resolves once all are ready. @throws Error where one is not within a minute. */
export async function startWorkers(
  count: number,
  options: Pick<WorkerProcessOptions, 'folder' | 'env'>,
): Promise<WorkerProcess[]> {
  const names = Array.from({ length: count }, (_, index) => `worker-${index + 1}`);
  const workers = await Promise.all(
    names.map((name) => startWorkerProcess({ ...options, name, arguments: ['--role', 'worker'] })),
  );
  // they would outlive a run that breaks off
  process.once('exit', () => {
    for (const worker of workers) worker.end();
  });
  await Promise.all(workers.map((worker) => worker.untilUp(UP_WITHIN)));
  return workers;
}
