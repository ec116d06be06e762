// Says what the rounds came to, and how the contenders' drains compare.
import { AGENDA_ON_MONGO } from './contenders/agenda-mongo.ts';
import { crier } from './contenders/crier.ts';
import { nameOfWorkers } from './contenders/crier-workers.ts';
import { graphileBatched, graphileConcurrent, graphileDefault } from './contenders/graphile.ts';
import { type Figures, summarize } from './measure.ts';

/** As graphile-worker is meant to be used; `graphile-recorded` adds work of our own and is told apart. */
const GRAPHILE = [graphileBatched, graphileConcurrent, graphileDefault].map(({ name }) => name);

/** Lines to print, contender by contender. Per second and milliseconds. */
export const sayFigures = (name: string, rounds: readonly Figures[]): string => {
  const { drainPerSecond, latenessP50, latenessP99, slowest, fastest } = summarize(rounds);
  const spread = rounds.length > 1 ? ` drain_spread=${slowest.toFixed(0)}..${fastest.toFixed(0)}` : '';
  return `${name} drain_per_s=${drainPerSecond.toFixed(0)} lateness_p50_ms=${latenessP50} lateness_p99_ms=${latenessP99}${spread}`;
};

/** Lines to print. @param measured the rounds of each contender, by name */
export function sayRatios(measured: ReadonlyMap<string, readonly Figures[]>): string[] {
  const drains = new Map([...measured].map(([name, rounds]) => [name, summarize(rounds).drainPerSecond]));
  return [...againstOthers(drains), ...byWorkers(drains)];
}

/** Crier in one process, against each on the same server, and against graphile-worker at its best. */
function againstOthers(drains: ReadonlyMap<string, number>): string[] {
  const own = drains.get(crier.name);
  if (!own) return [];
  const others = [...drains].filter(([name]) => !name.startsWith(crier.name) && name !== AGENDA_ON_MONGO);
  const lines = others.map(([name, drain]) => `crier_to_${name.replaceAll('-', '_')}_drain_ratio=${(own / drain).toFixed(2)}`);
  const graphile = GRAPHILE.flatMap((name) => drains.get(name) ?? []);
  if (graphile.length > 0) lines.push(`crier_to_graphile_drain_ratio=${(own / Math.max(...graphile)).toFixed(2)}`);
  return lines;
}

/** How the drain grows with the workers, and one of them against Agenda alone on the same MongoDB server. */
function byWorkers(drains: ReadonlyMap<string, number>): string[] {
  const one = drains.get(nameOfWorkers(1));
  if (!one) return [];
  const lines = [2, 4].flatMap((workers) => {
    const drain = drains.get(nameOfWorkers(workers));
    return drain ? [`crier_mongo_workers_${workers}_to_1_drain_ratio=${(drain / one).toFixed(2)}`] : [];
  });
  const agenda = drains.get(AGENDA_ON_MONGO);
  return agenda ? [...lines, `crier_mongo_to_agenda_mongo_per_post_drain_ratio=${(one / agenda).toFixed(2)}`] : lines;
}
