// The zone a person's, or the whole workspace's, times are read and shown in. Planned posts keep their instants; digests
// follow the workspace's clock.
import type { Deps } from '../ports.ts';
import { parseTimeZone } from '../time/format.ts';
import { type Actor, requirePermission, zoneOf } from '../workspace.ts';
import { changeSettings } from './change-settings.ts';

export interface TimeZoneRequest {
  /** As a person names it; null for a member: take the workspace's again. */
  zone: string | null;
  of: 'member' | 'workspace';
}

/**
 * Returns the actor as they are from now on.
 * @throws CrierError `invalid-input` for a zone that is not known; `not-permitted` (the workspace's takes an admin).
 */
export async function setTimeZone(
  deps: Pick<Deps, 'store' | 'platforms' | 'clock'>,
  actor: Actor,
  request: TimeZoneRequest,
): Promise<Actor> {
  requirePermission(actor, 'view');
  if (request.of === 'workspace') {
    return { ...actor, workspace: await changeSettings(deps, actor, { name: 'timezone', value: request.zone ?? zoneOf(actor) }) };
  }
  const zone = request.zone === null ? null : parseTimeZone(request.zone);
  return { ...actor, member: await deps.store.workspaces.setTimeZone(actor, zone) };
}
