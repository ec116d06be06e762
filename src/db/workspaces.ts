// Workspaces and members: found by the chat's own ids, made at their first word.
import { randomUUIDv7 } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Clock } from '../core/clock.ts';
import type { Entrance, Workspaces } from '../core/store.ts';
import type { Actor } from '../core/workspace.ts';
import { writeAudit } from './audit.ts';
import { MemberEntity, WorkspaceEntity } from './entities/workspace.ts';
import { toMember, toWorkspace } from './rows.ts';

const DEFAULT_TIME = '09:00';

export function openWorkspaces(em: () => EntityManager, clock: Clock): Workspaces {
  return {
    enter: (entrance) => em().transactional((tx) => enter(tx, entrance, clock.now())),

    change: (actor, patch) =>
      em().transactional(async (tx) => {
        const row = await tx.findOneOrFail(WorkspaceEntity, { id: actor.workspace.id });
        tx.assign(row, patch);
        writeAudit(tx, { workspaceId: row.id, by: actor, verb: 'settings changed', details: { ...patch }, at: clock.now() });
        return toWorkspace(row);
      }),

    setTimeZone: (actor, timeZone) =>
      em().transactional(async (tx) => {
        const row = await tx.findOneOrFail(MemberEntity, { id: actor.member.id });
        row.timeZone = timeZone;
        writeAudit(tx, {
          workspaceId: row.workspaceId,
          by: actor,
          verb: 'time zone set',
          details: { timeZone },
          at: clock.now(),
        });
        return toMember(row);
      }),
  };
}

/** Two first words at once are one workspace and one member: the unique keys decide, and the second reads what the first wrote. */
async function enter(tx: EntityManager, entrance: Entrance, now: Temporal.Instant): Promise<Actor> {
  const { chat, teamId, teamName, userId, userName, role, timeZone } = entrance;
  await tx.execute(INSERT_WORKSPACE, [randomUUIDv7(), chat, teamId, teamName, timeZone, DEFAULT_TIME, now.toString()]);
  const workspace = await tx.findOneOrFail(WorkspaceEntity, { chat, teamId });
  await tx.execute(INSERT_MEMBER, [randomUUIDv7(), workspace.id, userId, userName, role, now.toString()]);
  const member = await tx.findOneOrFail(MemberEntity, { workspaceId: workspace.id, userId });
  return { workspace: toWorkspace(workspace), member: toMember(member) };
}

// written by hand because the ORM's upsert deep-copies its data, and a copied Temporal.Instant is no instant any more
const INSERT_WORKSPACE = `
insert into workspace (id, chat, team_id, name, time_zone, default_time, date_order, daily_caps, last_post_number, created_at)
values (?, ?, ?, ?, ?, ?, null, '{}', 0, ?)
on conflict (chat, team_id) do update set name = excluded.name`;

const INSERT_MEMBER = `
insert into member (id, workspace_id, user_id, name, role, time_zone, created_at)
values (?, ?, ?, ?, ?, null, ?)
on conflict (workspace_id, user_id) do update set name = excluded.name`;
