// One of several workers of Crier on one database, in a process of its own: told by its parent when to begin and to end, it tells when
// each request would have left.
import { z } from 'zod';
import { openCrier } from './crier.ts';

/** As JSON in the first argument. */
const Settings = z.object({ url: z.string(), key: z.string(), mongoUrl: z.string(), dueAt: z.number() });
/** Milliseconds. Seldom, so that telling is not what is measured. */
const TELL_EVERY = 100;

export type FromWorker = { kind: 'ready' } | { kind: 'published'; moments: number[] };

const tell = (message: FromWorker): void => void process.send?.(message);

const { url, key, mongoUrl, dueAt } = Settings.parse(JSON.parse(process.argv[2] ?? ''));
let moments: number[] = [];
const crier = await openCrier({ url, key, mongoUrl, onRequest: () => void moments.push(Date.now()) });
await crier.jobs.start();
await crier.jobs.wakeAt([Temporal.Instant.fromEpochMilliseconds(dueAt)]);
setInterval(() => {
  if (moments.length > 0) tell({ kind: 'published', moments });
  moments = [];
}, TELL_EVERY);
// the bench is done with it, or has gone
process.on('disconnect', () => void crier.close().finally(() => process.exit(0)));
tell({ kind: 'ready' });
