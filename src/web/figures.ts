// The figures that Crier counts for Prometheus, by name. Who may read them is metrics.ts' matter.
// Names as of https://prometheus.io/docs/practices/naming/: base units, `_total` for what only grows.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { DeliveryState } from '../core/delivery.ts';
import type { ProcessRole, QueueDepth } from '../core/operations.ts';
import type { Meter } from '../core/ports.ts';

/** Seconds, from what an alarm can do to what a person calls forgotten. */
const LATENESS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900, 3600];
/** Seconds; a try is broken off after two minutes, as far as nothing else is set. */
const PUBLISHING = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];
const JOBS = [0.01, 0.1, 0.5, 1, 5, 30, 60, 300, 900];

/** Shown as 0 from the first sight of a network on: Prometheus sees no growth from nothing to 1. */
const ENDS: readonly DeliveryState[] = ['published', 'retrying', 'unconfirmed', 'held', 'failed', 'canceled'];

export interface Figures {
  /** Each has its own: nothing is shared between two of a process. */
  registry: Registry;
  meter: Meter;
  /** @param depth null while it is not known: the figures of it are left out */
  showDepth: (depth: readonly QueueDepth[] | null) => void;
}

export function openFigures({ version, role }: { version: string; role: ProcessRole }): Figures {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  new Gauge({
    name: 'crier_build_info',
    help: 'Always 1: which Crier this is and what it does.',
    labelNames: ['version', 'role'],
    registers,
  }).set({ version, role }, 1);
  const settled = new Counter({
    name: 'crier_settled_total',
    help: 'Tries that ended, by the state that their delivery got.',
    labelNames: ['platform', 'state'],
    registers,
  });
  return { registry, meter: openMeter(registers, settled), showDepth: openDepth(registers, settled) };
}

function openMeter(registers: Registry[], settled: Counter<'platform' | 'state'>): Meter {
  const claimed = new Counter({
    name: 'crier_claimed_total',
    help: 'Deliveries that this process has taken to publish them.',
    labelNames: ['platform'],
    registers,
  });
  const late = new Histogram({
    name: 'crier_lateness_seconds',
    help: 'Between when a delivery was planned and when it was out: failed tries, and a standstill before it, count.',
    buckets: LATENESS,
    registers,
  });
  const publishing = new Histogram({
    name: 'crier_publish_seconds',
    help: 'How long a try to publish took.',
    labelNames: ['platform'],
    buckets: PUBLISHING,
    registers,
  });
  // not `job`: Prometheus gives every figure a label of that name, the scrape's
  const jobRuns = new Counter({
    name: 'crier_job_runs_total',
    help: 'Runs of recurring jobs by this process, ok or failed.',
    labelNames: ['job_name', 'outcome'],
    registers,
  });
  const jobs = new Histogram({
    name: 'crier_job_seconds',
    help: 'How long a run of a recurring job took.',
    labelNames: ['job_name'],
    buckets: JOBS,
    registers,
  });
  return {
    claimed: (platform) => claimed.inc({ platform }),
    settled: (platform, state, lateMs) => {
      settled.inc({ platform, state });
      if (lateMs !== null) late.observe(lateMs / 1000);
    },
    tried: (platform, ms) => publishing.observe({ platform }, ms / 1000),
    jobRan: (job, ok, ms) => {
      jobRuns.inc({ job_name: job, outcome: ok ? 'ok' : 'failed' });
      jobs.observe({ job_name: job }, ms / 1000);
    },
  };
}

function openDepth(registers: Registry[], settled: Counter<'platform' | 'state'>): Figures['showDepth'] {
  const up = new Gauge({
    name: 'crier_database_up',
    help: 'Whether the database told how much there is to do: 1, or 0 where it did not and those figures are left out.',
    registers,
  });
  const deliveries = new Gauge({
    name: 'crier_deliveries',
    help: 'Deliveries that are not over yet. Of the whole of Crier: every process tells the same.',
    labelNames: ['platform', 'state'],
    registers,
  });
  const due = new Gauge({
    name: 'crier_deliveries_due',
    help: 'Deliveries that are due by now. Of the whole of Crier: every process tells the same.',
    labelNames: ['platform'],
    registers,
  });
  return (depth) => {
    up.set(depth ? 1 : 0);
    deliveries.reset();
    due.reset();
    for (const { platform, state, count, due: dueNow } of depth ?? []) {
      deliveries.set({ platform, state }, count);
      due.inc({ platform }, dueNow);
      for (const end of ENDS) settled.inc({ platform, state: end }, 0);
    }
  };
}
