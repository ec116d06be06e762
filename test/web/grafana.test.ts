// The example board for Grafana: what it asks for is there, by the name and with the labels under which /metrics really serves it.
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openMetrics } from '../../src/web/metrics.ts';
import { ask, bearer, useWebs } from './open-web.ts';

const TOKEN = 'correct-horse-battery';
/** What a scrape adds by itself, see https://prometheus.io/docs/concepts/jobs_instances/. */
const LABELS_OF_A_SCRAPE = ['job', 'instance', 'le'];

const Variable = z.object({ name: z.string(), type: z.string() });
const Query = z.object({ expr: z.string(), datasource: z.object({ uid: z.string() }) });
const Panel = z.object({
  id: z.number(),
  title: z.string().min(1),
  datasource: z.object({ type: z.literal('prometheus'), uid: z.string() }),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
  targets: z.array(Query).min(1),
});
const Board = z.object({
  title: z.literal('Crier'),
  schemaVersion: z.int().min(39),
  templating: z.object({ list: z.array(Variable) }),
  panels: z.array(Panel),
});

const { log, start } = useWebs();
let board: z.infer<typeof Board>;

beforeAll(async () => {
  board = Board.parse(JSON.parse(await readFile(new URL('../../deploy/grafana/crier.json', import.meta.url), 'utf8')));
});

/** Names of all series with the names of their labels, after each thing that is counted has happened once. */
async function served(): Promise<Map<string, Set<string>>> {
  const depth = async () => [{ platform: 'bluesky', state: 'scheduled', count: 1, due: 1 } as const];
  const { meter, routes } = openMetrics({ version: '0.1.0', role: 'all', depth, token: TOKEN, log });
  meter.claimed('bluesky');
  meter.tried('bluesky', 1);
  meter.settled('bluesky', 'published', 1);
  meter.jobRan('digest', true, 1);
  const text = await (await ask(`${(await start({ routes: [routes] })).url}/metrics`, bearer(TOKEN))).text();
  const series = new Map<string, Set<string>>();
  for (const [, name = '', labels = ''] of text.matchAll(/^(\w+)(?:\{(.*)\})? /gm)) {
    const known = series.get(name) ?? new Set<string>();
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) known.add(label);
    series.set(name, known);
  }
  return series;
}

const expressions = (): string[] => board.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));

describe('the example board', () => {
  it('asks only for figures that are served, by labels that they have', async () => {
    const series = await served();
    for (const expr of expressions()) {
      const names = expr.match(/\b(?:crier|process|nodejs)_\w+/g) ?? [];
      expect(names.length, expr).toBeGreaterThan(0);
      expect(names.filter((name) => !series.has(name))).toEqual([]);
      const labels = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(', '));
      const had = new Set([...LABELS_OF_A_SCRAPE, ...names.flatMap((name) => [...(series.get(name) ?? [])])]);
      expect(
        [...labels, ...expr.matchAll(/(\w+)=~?"/g).map(([, label = '']) => label)].filter((label) => !had.has(label)),
      ).toEqual([]);
    }
  });

  it('shows every figure of Crier’s own', async () => {
    const shown = expressions().join('\n');
    const own = [...(await served()).keys()].filter((name) => name.startsWith('crier_'));
    const bases = new Set(own.map((name) => name.replace(/_(bucket|sum|count)$/, '')));
    expect([...bases].filter((name) => !shown.includes(name))).toEqual([]);
  });

  it('takes its Prometheus from a variable', () => {
    expect(board.templating.list).toContainEqual({ name: 'datasource', type: 'datasource' });
    const sources = board.panels.flatMap(({ datasource, targets }) => [
      datasource,
      ...targets.map((target) => target.datasource),
    ]);
    expect(sources.map(({ uid }) => uid).filter((uid) => !/^\$\{datasource\}$/.test(uid))).toEqual([]);
  });

  it('has panels that lie side by side and not on each other', () => {
    const places = board.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, n) => `${x + (n % w)},${y + Math.floor(n / w)}`),
    );
    expect(new Set(places).size).toBe(places.length);
    expect(new Set(board.panels.map(({ id }) => id)).size).toBe(board.panels.length);
  });
});
