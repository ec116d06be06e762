// What an emulated network remembers, as tables of rows by id: each row that is put or dropped is an event in the network's journal.
// Files lie beside it. Networks with rules of their own for what they keep (Bluesky, Mastodon) have a state of their own.
import { join } from 'node:path';
import { z } from 'zod';
import { type Blobs, openBlobs } from './blobs.ts';
import { openJournal } from './journal.ts';
import type { NetworkContext } from './network.ts';

export interface Table<Row> {
  get: (id: string) => Row | undefined;
  /** In the order they were first put. */
  all: () => Row[];
  /** Makes it, or takes its place. */
  put: (row: Row) => void;
  drop: (id: string) => void;
}

const Event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('put'), table: z.string(), row: z.looseObject({ id: z.string() }) }),
  z.object({ type: z.literal('drop'), table: z.string(), id: z.string() }),
]);
type Event = z.infer<typeof Event>;

export interface Tables {
  /** @throws ZodError where rows of an earlier run are of another shape. */
  table: <Row extends { id: string }>(name: string, schema: z.ZodType<Row>) => Table<Row>;
  blobs: Blobs;
  close: () => void;
}

/** @throws CrierError `invalid-input` where the journal is damaged. */
export function openTables({ stateDir, log }: Pick<NetworkContext, 'stateDir' | 'log'>): Tables {
  const rows = new Map<string, Map<string, unknown>>();
  const rowsOf = (name: string): Map<string, unknown> => {
    const known = rows.get(name) ?? new Map<string, unknown>();
    rows.set(name, known);
    return known;
  };
  const apply = (event: Event): void => {
    if (event.type === 'put') rowsOf(event.table).set(event.row.id, event.row);
    else rowsOf(event.table).delete(event.id);
  };
  const file = stateDir === null ? null : join(stateDir, 'journal.jsonl');
  const { commit, close } = openJournal({ file, schema: Event, apply, log });
  return {
    close,
    blobs: openBlobs(stateDir === null ? null : join(stateDir, 'media')),
    table: (name, schema) => ({
      get: (id) => {
        const row = rowsOf(name).get(id);
        return row === undefined ? undefined : schema.parse(row);
      },
      all: () => [...rowsOf(name).values()].map((row) => schema.parse(row)),
      put: (row) => commit({ type: 'put', table: name, row: { ...row } }),
      drop: (id) => commit({ type: 'drop', table: name, id }),
    }),
  };
}
