// Does to the workers and the servers what the plan says, one step after another. What takes a while goes on while the next step begins,
// unless that needs the same worker or server.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cuttable } from '../../test/support/cuttable.ts';
import type { WorkerProcess } from '../worker-process.ts';
import { isWorkerStep, type ServerStep, type Step, type WorkerStep } from './plan.ts';

/** Milliseconds. Enough for a start that has to wait for a database that is away. */
const UP_WITHIN = 90_000;

export interface Done {
  kill: number;
  freeze: number;
  restart: number;
  cutPostgres: number;
  cutMongo: number;
  /** Restarts that took longer than whoever supervises a process would wait. */
  slowStops: number;
}

export interface Carrying {
  workers: readonly WorkerProcess[];
  lines: Readonly<Record<ServerStep['server'], Cuttable>>;
  /** Told after each step that hit a worker. */
  onHit: (done: Readonly<Done>) => Promise<void>;
}

export async function carryOut(steps: readonly Step[], { workers, lines, onHit }: Carrying): Promise<Done> {
  const done: Done = { kill: 0, freeze: 0, restart: 0, cutPostgres: 0, cutMongo: 0, slowStops: 0 };
  /** What is under way for each worker and server. */
  const busy = new Map<string, Promise<void>>();

  async function hit({ kind, worker, forMs, inMs }: WorkerStep): Promise<void> {
    const process = workers[worker - 1];
    if (!process) throw new Error(`there is no worker ${worker}`);
    await (inMs === null ? process.untilUp(UP_WITHIN) : sleep(inMs));
    if (kind === 'kill') await process.kill();
    else if (kind === 'freeze') await process.freeze(forMs);
    else if (!(await process.restart())) done.slowStops += 1;
    done[kind] += 1;
  }

  async function disturb({ kind, server, forMs }: ServerStep): Promise<void> {
    const line = lines[server];
    if (kind === 'cut') line.cut();
    else line.freeze();
    await sleep(forMs);
    line.restore();
    done[server === 'postgres' ? 'cutPostgres' : 'cutMongo'] += 1;
  }

  for (const step of steps) {
    const key = isWorkerStep(step) ? `worker ${step.worker}` : step.server;
    await busy.get(key);
    const doing = isWorkerStep(step) ? hit(step) : disturb(step);
    busy.set(key, doing);
    // a kill is at once; a freeze and a cut last, and others are hit meanwhile
    if (isWorkerStep(step) && step.kind !== 'freeze') await doing;
    if (isWorkerStep(step)) await onHit(done);
    await sleep(step.pauseMs);
  }
  await Promise.all(busy.values());
  return done;
}
