// JobRun and Process: how the recurring jobs are doing, and which processes of Crier there are.
import { defineEntity, p } from '@mikro-orm/core';
import { PROCESS_ROLES } from '../../core/operations.ts';
import { InstantType } from '../types.ts';

/** One row per recurring job, whoever runs it. Its row lock decides whose turn it is. */
export const JobRunEntity = defineEntity({
  name: 'JobRun',
  tableName: 'job_run',
  properties: {
    name: p.text().primary(),
    dueAt: p.type(InstantType).$type<Temporal.Instant>(),
    /** The turn of the process that is at it; it counts until `leaseUntil`. */
    token: p.uuid().strictNullable(),
    leaseUntil: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
    startedAt: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
    finishedAt: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
    ok: p.boolean().strictNullable(),
    result: p.text().strictNullable(),
    runs: p.integer(),
    failures: p.integer(),
  },
  checks: [{ name: 'job_run_lease_while_taken', expression: '(token is null) = (lease_until is null)' }],
});

export const ProcessEntity = defineEntity({
  name: 'Process',
  tableName: 'process',
  properties: {
    id: p.text().primary(),
    role: p.enum(PROCESS_ROLES),
    host: p.text(),
    pid: p.integer(),
    version: p.text(),
    startedAt: p.type(InstantType).$type<Temporal.Instant>(),
    seenAt: p.type(InstantType).$type<Temporal.Instant>(),
    parts: p.json<Record<string, string>>(),
    /** By the part's name, as ISO 8601. */
    failingSince: p.json<Record<string, string>>(),
  },
  indexes: [{ name: 'process_seen', properties: ['seenAt'] }],
});
