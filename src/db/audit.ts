// The one way an audit event is written from a unit of work.
import { randomUUIDv7 } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../core/workspace.ts';
import { AuditEventEntity } from './entities/record.ts';

export interface AuditEntry {
  workspaceId: string;
  /** Null: Crier itself, or a network's word. */
  by: Actor | null;
  postId?: string | null;
  verb: string;
  /** Never a secret. */
  details?: Record<string, unknown>;
  at: Temporal.Instant;
}

export function writeAudit(em: EntityManager, entry: AuditEntry): void {
  em.create(AuditEventEntity, {
    id: randomUUIDv7(),
    workspaceId: entry.workspaceId,
    memberId: entry.by?.member.id ?? null,
    postId: entry.postId ?? null,
    verb: entry.verb,
    details: entry.details ?? {},
    at: entry.at,
  });
}
