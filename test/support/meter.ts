// A meter that keeps what it was told, for tests that ask about it.
import type { DeliveryState } from '../../src/core/delivery.ts';
import type { Meter } from '../../src/core/ports.ts';

export interface KeptMeter extends Meter {
  claims: string[];
  settlements: { platform: string; state: DeliveryState; lateMs: number | null }[];
  tries: { platform: string; ms: number }[];
  jobs: { name: string; ok: boolean; ms: number }[];
}

export function keptMeter(): KeptMeter {
  const kept: Pick<KeptMeter, 'claims' | 'settlements' | 'tries' | 'jobs'> = { claims: [], settlements: [], tries: [], jobs: [] };
  return {
    ...kept,
    claimed: (platform) => void kept.claims.push(platform),
    settled: (platform, state, lateMs) => void kept.settlements.push({ platform, state, lateMs }),
    tried: (platform, ms) => void kept.tries.push({ platform, ms }),
    jobRan: (name, ok, ms) => void kept.jobs.push({ name, ok, ms }),
  };
}

/** For those who do not ask. */
export const NO_METER: Meter = { claimed: () => {}, settled: () => {}, tried: () => {}, jobRan: () => {} };
