// The plans of statements as the database carries them out: which statements a piece of work sends, and how each table is read.
import { z } from 'zod';
import type { Database } from '../../src/db/open.ts';

type Pool = Database['pool'];

export interface Statement {
  text: string;
  values: readonly unknown[];
}

/** What is sent over this pool's connections while `work` lasts, once each text; what begins and ends transactions is left out. */
export async function statementsOf(pool: Pool, work: () => Promise<unknown>): Promise<Statement[]> {
  const client = await pool.connect();
  client.release();
  // the ORM has its own copy of the driver, so its class is taken from a connection
  const driver = Reflect.getPrototypeOf(client);
  const send: unknown = driver && Reflect.get(driver, 'query');
  if (!driver || typeof send !== 'function') throw new Error('the driver’s connections have no method query');
  const sent = new Map<string, Statement>();
  Reflect.set(driver, 'query', function query(this: unknown, ...given: unknown[]): unknown {
    const statement = readStatement(given);
    if (statement && /^\s*(select|with)\b/i.test(statement.text)) sent.set(statement.text, statement);
    return Reflect.apply(send, this, given);
  });
  try {
    await work();
  } finally {
    Reflect.set(driver, 'query', send);
  }
  return [...sent.values()];
}

const Values = z.array(z.unknown()).nullish();
const Given = z.union([
  z
    .tuple([z.string(), Values])
    .rest(z.unknown())
    .transform(([text, values]) => ({ text, values: values ?? [] })),
  z
    .tuple([z.object({ text: z.string(), values: Values })])
    .rest(z.unknown())
    .transform(([{ text, values }]) => ({ text, values: values ?? [] })),
]);
const readStatement = (given: unknown[]): Statement | null => Given.safeParse(given).data ?? null;

const Node = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Index Name': z.string().optional(),
  'Actual Rows': z.number(),
  'Actual Loops': z.number(),
  get Plans(): z.ZodOptional<z.ZodArray<typeof Node>> {
    return z.array(Node).optional();
  },
});
type Node = z.infer<typeof Node>;

const Explained = z
  .array(
    z.object({
      Plan: Node.and(z.object({ 'Shared Hit Blocks': z.number(), 'Shared Read Blocks': z.number() })),
      'Execution Time': z.number(),
    }),
  )
  .min(1);

/** How a table is read in a plan. */
export interface Scan {
  /** `Index Scan`, `Seq Scan`, ... */
  kind: string;
  table: string;
  index: string | null;
  rows: number;
  /** How many times it was begun. */
  loops: number;
}

export interface Plan {
  statement: Statement;
  /** Milliseconds, with the measuring. */
  ms: number;
  /** Pages of 8 KB that were looked at. */
  pages: number;
  scans: readonly Scan[];
}

/** Carries the statement out, and tells how. */
export async function explain(pool: Pool, statement: Statement): Promise<Plan> {
  const { rows } = await pool.query(`explain (analyze, buffers, timing off, format json) ${statement.text}`, [
    ...statement.values,
  ]);
  const [explained] = Explained.parse(rows[0]?.['QUERY PLAN']);
  if (!explained) throw new Error('the database told no plan');
  const { Plan: top, 'Execution Time': ms } = explained;
  return { statement, ms, pages: top['Shared Hit Blocks'] + top['Shared Read Blocks'], scans: [...scansOf(top)] };
}

/** A bitmap's index stands below the table it is for, and names no table: it is told with that. */
function* scansOf(node: Node): Generator<Scan> {
  const { 'Node Type': kind, 'Relation Name': table, 'Actual Rows': rows, 'Actual Loops': loops, Plans: below = [] } = node;
  if (table !== undefined) yield { kind, table, index: node['Index Name'] ?? below[0]?.['Index Name'] ?? null, rows, loops };
  for (const each of below) yield* scansOf(each);
}

/** What reads one of these tables from its first page to its last. */
export const sequentialScans = ({ scans }: Plan, tables: readonly string[]): Scan[] =>
  scans.filter(({ kind, table }) => kind.endsWith('Seq Scan') && tables.includes(table));

/** A line, and one for each scan. */
export function sayPlan({ statement, ms, pages, scans }: Plan): string {
  const words = statement.text.replaceAll(/\s+/g, ' ').trim().slice(0, 90);
  const lines = scans.map(
    ({ kind, table, index, rows, loops }) =>
      `    ${kind}${index === null ? '' : ` ${index}`} of ${table}: ${Math.round(rows * loops)} rows in ${loops} turns`,
  );
  return [`  ${ms.toFixed(1)} ms, ${pages} pages: ${words}`, ...lines].join('\n');
}
